// A list of short texts, such as URIs: one line each, added and removed one by one, each with its own error.
import { ActionIcon, Button, Group, Input, Stack, TextInput } from '@mantine/core'
import { Plus, X } from 'lucide-react'

interface TextListInputProps {
  readonly label: string
  readonly description?: string
  readonly placeholder?: string
  readonly required?: boolean
  readonly value: readonly string[]
  readonly onChange: (value: readonly string[]) => void
  /** What is wrong with a line; undefined for a good or an empty one. */
  readonly check?: (text: string) => string | undefined
  /** What the server says of the whole list. */
  readonly error?: React.ReactNode
  /** What the button says: "Add URI". */
  readonly addLabel: string
}

export function TextListInput(props: TextListInputProps) {
  const { label, description, placeholder, required = false, value, onChange, check, error, addLabel } = props
  // There is always a line to type in.
  const lines = value.length === 0 ? [''] : value
  const replace = (at: number, text: string) => onChange(lines.map((line, index) => (index === at ? text : line)))
  return (
    <Input.Wrapper
      component="fieldset"
      label={label}
      description={description}
      required={required}
      error={error}
      labelElement="div"
      style={{ border: 0, padding: 0, margin: 0, minWidth: 0 }}
    >
      <Stack gap={6} mt={6}>
        {lines.map((line, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a line is its place
          <Group key={index} gap={6} wrap="nowrap" align="flex-start">
            <TextInput
              flex={1}
              aria-label={`${label} ${index + 1}`}
              value={line}
              placeholder={placeholder ?? ''}
              onChange={(event) => replace(index, event.currentTarget.value)}
              error={
                line === ''
                  ? error === undefined || error === null || error === false
                    ? undefined
                    : true
                  : check?.(line)
              }
              autoComplete="off"
              spellCheck={false}
              inputMode="url"
            />
            <ActionIcon
              variant="subtle"
              color="gray"
              size={36}
              aria-label={`Remove ${label} ${index + 1}`}
              onClick={() => onChange(lines.filter((_, at) => at !== index))}
              disabled={lines.length === 1 && line === ''}
            >
              <X size={16} />
            </ActionIcon>
          </Group>
        ))}
        <Group>
          <Button
            variant="subtle"
            size="compact-sm"
            leftSection={<Plus size={14} />}
            onClick={() => onChange([...lines, ''])}
          >
            {addLabel}
          </Button>
        </Group>
      </Stack>
    </Input.Wrapper>
  )
}
