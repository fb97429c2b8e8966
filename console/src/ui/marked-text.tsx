import { Code, VisuallyHidden } from '@mantine/core'
import { Fragment } from 'react'
import classes from './marked-text.module.css'

export interface TextPart {
  /** Empty and marked: something is missing here. */
  readonly text: string
  readonly isMarked: boolean
}

/** A text in monospace with parts of it marked: underlined and bold on a ground of their own; what is missing is an empty box. */
export function MarkedText({ parts }: { readonly parts: readonly TextPart[] }) {
  return (
    <Code style={{ overflowWrap: 'anywhere' }} fz="sm">
      {parts.map(({ text, isMarked }, at) => {
        // biome-ignore lint/suspicious/noArrayIndexKey: a part is its place
        if (!isMarked) return <Fragment key={at}>{text}</Fragment>
        return text === '' ? (
          // biome-ignore lint/suspicious/noArrayIndexKey: a part is its place
          <span key={at} className={classes.gap}>
            <VisuallyHidden>(nothing)</VisuallyHidden>
          </span>
        ) : (
          // biome-ignore lint/suspicious/noArrayIndexKey: a part is its place
          <mark key={at} className={classes.mark}>
            {text}
          </mark>
        )
      })}
    </Code>
  )
}
