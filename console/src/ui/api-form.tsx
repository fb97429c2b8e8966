// A form over an operation of the API: its refusals stand at the fields that they name, in the API's own words; what was typed stays.
import { Alert, Button, Group } from '@mantine/core'
import type { UseFormReturnType } from '@mantine/form'
import { type ReactNode, useState } from 'react'
import { ApiError, sentenceOf } from './api-error.ts'

interface ApiFormProps<Values extends Record<string, unknown>> {
  // biome-ignore lint/suspicious/noExplicitAny: Mantine's own second type parameter, which no form here uses
  readonly form: UseFormReturnType<Values, any>
  /** Where the API's members are called otherwise than the form's (`redirect_uris` → `redirectUris`), and whose field a code is about. */
  readonly fieldOf?: Readonly<Record<string, string>>
  readonly submit: string
  readonly onCancel?: () => void
  readonly children: ReactNode
  /** @param pressed the value of the button that was pressed, where it has one */
  readonly onSubmit: (values: Values, pressed: string) => Promise<unknown>
  /** CSS pixels at most. */
  readonly width?: number
  /** More buttons beside the main one. */
  readonly extra?: ReactNode
}

export function ApiForm<Values extends Record<string, unknown>>(props: ApiFormProps<Values>) {
  const { form, fieldOf = {}, submit, onCancel, children, onSubmit, width, extra } = props
  const [isBusy, setBusy] = useState(false)
  const [problem, setProblem] = useState<string>()

  async function send(values: Values, pressed: string): Promise<void> {
    if (isBusy) return
    setBusy(true)
    setProblem(undefined)
    try {
      await onSubmit(values, pressed)
    } catch (error) {
      setProblem(placeRefusal(form, fieldOf, error))
    } finally {
      setBusy(false)
    }
  }

  return (
    <form
      style={{ maxWidth: width }}
      onSubmit={form.onSubmit((values, event) => void send(values, pressedIn(event)), focusFirstError)}
      noValidate
    >
      {children}
      {problem !== undefined && (
        <Alert color="red" variant="light" mt="md" role="alert">
          {problem}
        </Alert>
      )}
      <Group justify="flex-end" gap="xs" mt="md">
        {onCancel && (
          <Button variant="default" onClick={onCancel}>
            Cancel
          </Button>
        )}
        {extra}
        <Button type="submit" loading={isBusy}>
          {submit}
        </Button>
      </Group>
    </form>
  )
}

/** Puts causes at their fields; what names no field of the form is returned, to be shown above the buttons. */
function placeRefusal<Values extends Record<string, unknown>>(
  // biome-ignore lint/suspicious/noExplicitAny: as above
  form: UseFormReturnType<Values, any>,
  fieldOf: Readonly<Record<string, string>>,
  error: unknown,
): string | undefined {
  if (!(error instanceof ApiError)) return sentenceOf(error)
  const values = form.getValues()
  const byCode = fieldOf[error.code]
  if (byCode !== undefined && error.causes.length === 0) {
    form.setFieldError(byCode, error.message)
    return undefined
  }
  const placed = error.causes.map(({ field, sentence }) => {
    const name = field === undefined ? undefined : (fieldOf[field] ?? field)
    const isOurs = name !== undefined && name in values
    if (isOurs) form.setFieldError(name, sentence)
    return isOurs
  })
  return placed.length > 0 && placed.every(Boolean) ? undefined : sentenceOf(error)
}

function pressedIn(event: React.FormEvent | undefined): string {
  const { submitter } = (event?.nativeEvent ?? {}) as Partial<SubmitEvent>
  return submitter instanceof HTMLButtonElement ? submitter.value : ''
}

function focusFirstError(): void {
  requestAnimationFrame(() => document.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus())
}
