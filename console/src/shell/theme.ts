import { type CSSVariablesResolver, createTheme, defaultVariantColorsResolver } from '@mantine/core'

const PRIMARY = 'keystead'

/** The teal of the hosted pages is its shade 8 in light and 4 in dark. */
export const theme = createTheme({
  primaryColor: PRIMARY,
  primaryShade: { light: 8, dark: 4 },
  colors: {
    keystead: [
      '#eaf6f5',
      '#d3eae8',
      '#aed9d5',
      '#85cbc3',
      '#5cc0b6',
      '#3da59d',
      '#278883',
      '#186f71',
      '#0d5c63',
      '#0a474d',
    ],
  },
  autoContrast: true,
  respectReducedMotion: true,
  // Left to itself, the text on the primary colour is chosen for the light scheme alone.
  variantColorResolver: (input) => {
    const isPrimary = input.variant === 'filled' && (input.color ?? PRIMARY) === PRIMARY
    const colors = defaultVariantColorsResolver(input)
    return isPrimary ? { ...colors, color: 'var(--mantine-primary-color-contrast)' } : colors
  },
  defaultRadius: 'md',
  fontFamily: 'system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", "Noto Sans", sans-serif',
})

/** Quiet text, errors and badges that are still read easily: WCAG asks for a contrast of 4.5. */
export const readableVariables: CSSVariablesResolver = ({ colors }) => ({
  variables: {},
  light: {
    '--mantine-color-dimmed': colors.gray?.[7] ?? '',
    '--mantine-color-placeholder': colors.gray?.[7] ?? '',
    '--mantine-color-error': colors.red?.[9] ?? '',
    '--mantine-color-teal-light': colors.teal?.[0] ?? '',
    '--mantine-color-orange-light-color': '#8f3208',
    '--mantine-color-yellow-light-color': '#7a4300',
  },
  dark: {
    '--mantine-color-dimmed': colors.dark?.[1] ?? '',
    '--mantine-color-placeholder': colors.dark?.[1] ?? '',
    '--mantine-color-error': colors.red?.[4] ?? '',
  },
})
