// Markdown as elements: nothing of a guide becomes HTML by being text, and the strict content security policy has nothing to refuse.
import { Code, Table, Text, Title } from '@mantine/core'
import { lexer, type Token, type Tokens } from 'marked'
import { Fragment, type ReactNode, useMemo } from 'react'
import { CodeBlock } from '../../ui/code-block.tsx'
import { GuideLink } from './guide-link.tsx'
import classes from './markdown.module.css'
import { pictureOf } from './pictures.ts'

export function Markdown({ text }: { readonly text: string }) {
  const tokens = useMemo(() => lexer(text), [text])
  return <div className={classes.text}>{blocks(tokens)}</div>
}

// A guide never changes while it is shown, so a token is told by its place.
const each = (tokens: readonly Token[], render: (token: Token) => ReactNode): ReactNode =>
  // biome-ignore lint/suspicious/noArrayIndexKey: see above
  tokens.map((token, place) => <Fragment key={place}>{render(token)}</Fragment>)

const blocks = (tokens: readonly Token[]): ReactNode => each(tokens, block)
const inlines = (tokens: readonly Token[] | undefined): ReactNode => each(tokens ?? [], inline)

// The lexer's tokens are a union that is open to extensions, so their kind does not narrow them.
function block(token: Token): ReactNode {
  switch (token.type) {
    case 'heading': {
      const { depth, tokens } = token as Tokens.Heading
      return (
        <Title order={depth === 2 ? 2 : 3} size="h4">
          {inlines(tokens)}
        </Title>
      )
    }
    case 'paragraph': {
      const { tokens } = token as Tokens.Paragraph
      return <Text component="div">{inlines(tokens)}</Text>
    }
    case 'list':
      return <List list={token as Tokens.List} />
    case 'code':
      return <CodeBlock code={token.text} label={labelOf(token as Tokens.Code)} />
    case 'table':
      return <Cells table={token as Tokens.Table} />
    case 'space':
      return null
    default:
      return inline(token)
  }
}

function inline(token: Token): ReactNode {
  switch (token.type) {
    case 'strong':
      return <strong>{inlines(token.tokens)}</strong>
    case 'em':
      return <em>{inlines(token.tokens)}</em>
    case 'codespan':
      return <Code>{token.text}</Code>
    case 'link':
      return <GuideLink href={token.href}>{inlines(token.tokens)}</GuideLink>
    case 'image':
      return <img src={pictureOf(token.href)} alt={token.text} loading="lazy" />
    case 'text':
      return token.tokens ? inlines(token.tokens) : token.text
    case 'escape':
      return token.text
    default:
      return token.raw
  }
}

function List({ list }: { readonly list: Tokens.List }) {
  const items = each(list.items, (item) => <li>{blocks((item as Tokens.ListItem).tokens)}</li>)
  return list.ordered ? <ol start={Number(list.start) || 1}>{items}</ol> : <ul>{items}</ul>
}

function Cells({ table: { header, rows } }: { readonly table: Tokens.Table }) {
  const hasHead = header.some(({ text }) => text !== '')
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard
    <section className={classes.scroll} tabIndex={0} aria-label="Table">
      <Table withTableBorder verticalSpacing={6} miw={520}>
        {hasHead && (
          <Table.Thead>
            <Table.Tr>
              {each(header as unknown as Token[], (cell) => (
                <Table.Th>{inlines((cell as unknown as Tokens.TableCell).tokens)}</Table.Th>
              ))}
            </Table.Tr>
          </Table.Thead>
        )}
        <Table.Tbody>
          {rows.map((row) => (
            <Table.Tr key={row.map(({ text }) => text).join('|')}>
              {row.map(({ text, tokens }) => (
                <Table.Td key={text}>{inlines(tokens)}</Table.Td>
              ))}
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </section>
  )
}

/** What a block of code is, for those who hear it. The words behind the language are for the tests that run it. */
const labelOf = ({ lang }: Tokens.Code): string => {
  const [language = '', ...words] = (lang ?? '').split(' ')
  const file = words.find((word) => word.startsWith('file='))
  if (file !== undefined) return file.slice('file='.length)
  return language === 'sh' ? 'commands' : language === 'text' ? 'answer' : `${language} code`
}
