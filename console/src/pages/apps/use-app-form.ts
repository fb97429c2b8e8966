import { useForm } from '@mantine/form'
import { type AppFormValues, appFormProblems } from './app-form.ts'
import type { ApplicationType } from './app-types.ts'

/** The form of an app, which holds itself to the rules that the server holds it to. */
export const useAppForm = (type: ApplicationType, initialValues: AppFormValues) =>
  useForm<AppFormValues>({
    initialValues,
    validate: (values) => appFormProblems(type, values),
    clearInputErrorOnChange: true,
  })

export type AppForm = ReturnType<typeof useAppForm>
