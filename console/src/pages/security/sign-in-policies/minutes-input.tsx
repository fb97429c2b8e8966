import { NumberInput, type NumberInputProps } from '@mantine/core'
import { minutesInWords } from '../minutes.ts'

type MinutesInputProps = Omit<NumberInputProps, 'description'> & {
  readonly label: string
  /** What zero means, where it means something. */
  readonly zero?: string
}

/** A number of minutes, with what that is in hours and days. */
export function MinutesInput({ zero, value, ...rest }: MinutesInputProps) {
  const words = value === '' || value === undefined ? '–' : minutesInWords(Number(value))
  return (
    <NumberInput
      value={value ?? ''}
      description={Number(value) === 0 && value !== '' && zero !== undefined ? zero : words}
      required
      allowDecimal={false}
      allowNegative={false}
      inputWrapperOrder={['label', 'input', 'description', 'error']}
      suffix=" min"
      maw={280}
      {...rest}
    />
  )
}
