import { useForm } from '@mantine/form'
import { useNavigate } from '@tanstack/react-router'
import { createServer } from '../../api/authorization-servers.ts'
import { ApiForm } from '../../ui/api-form.tsx'
import { notifyDone } from '../../ui/notify.tsx'
import { blankProblem } from './blank.ts'
import { ServerFields } from './server-fields.tsx'
import { newServer, type ServerFormValues, toRequest } from './server-values.ts'

export function NewServerForm({ onCancel }: { readonly onCancel: () => void }) {
  const navigate = useNavigate()
  const form = useForm<ServerFormValues>({
    initialValues: newServer(),
    validate: { name: blankProblem, audience: blankProblem },
  })

  async function save(values: ServerFormValues): Promise<void> {
    const { id, name } = await createServer(toRequest(values))
    notifyDone(`${name} is made. It issues tokens once it has an access policy with a rule.`)
    await navigate({ to: '/security/api/servers/$serverId', params: { serverId: id } })
  }

  return (
    <ApiForm form={form} fieldOf={{ audiences: 'audience' }} submit="Save" onCancel={onCancel} onSubmit={save}>
      <ServerFields form={form} />
    </ApiForm>
  )
}
