import { NumberInput, type NumberInputProps } from '@mantine/core'

/** A whole number that is not negative. */
export function CountInput(props: NumberInputProps) {
  return <NumberInput required allowDecimal={false} allowNegative={false} inputWrapperOrder={ORDER} {...props} />
}

const ORDER: NonNullable<NumberInputProps['inputWrapperOrder']> = ['label', 'input', 'description', 'error']
