import type { ErrorComponentProps } from '@tanstack/react-router'
import { Failed } from '../ui/states.tsx'

export const PageFailed = ({ error, reset }: ErrorComponentProps) => <Failed error={error} onRetry={reset} />
