// The blocks of code in a guide, by the words behind their language: what each is for, and how a test proves it.
import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { withWorkshop } from './snippet-app.ts'

/**
 * - `env`: the variables that the reader sets; a test sets its own
 * - `run`: commands or a script that run as they are, after what came before them
 * - `shows`: what the block before it has written, `…` standing for anything
 * - `file`: a file of an app; `install`, `start`: how its reader gets packages and starts it
 * - `unproved`: what can't be run here
 */
export const PURPOSES = ['env', 'run', 'shows', 'file', 'install', 'start', 'unproved'] as const

export interface Block {
  readonly language: string
  /** One of `PURPOSES`, where the guide says which. */
  readonly purpose: string
  /** Of a `file`. */
  readonly path: string
  readonly code: string
}

export type Variables = Readonly<Record<string, string>>

export function readBlocks(guide: string): readonly Block[] {
  return [...guide.matchAll(/^```(\S*) ?([^\n]*)\n([\s\S]*?)^```$/gm)].map(
    ([, language = '', words = '', code = '']) => {
      const [purpose = '', path = ''] = words.split('=')
      return { language, purpose, path, code }
    },
  )
}

/** The variables that a guide asks its reader to set. */
export const namesOf = ({ code }: Block): readonly string[] =>
  [...code.matchAll(/^export (\w+)=/gm)].map(([, name = '']) => name)

/** Between the outputs of two blocks; no command writes it. */
const SEPARATOR = '\x1e'

/** Runs a guide's blocks of commands in one shell, one after the other, and answers what each has written. */
export function runShell(blocks: readonly Block[], variables: Variables): Promise<readonly string[]> {
  const script = blocks.map(({ code }) => code).join(`\nprintf '${SEPARATOR}'\n`)
  return withWorkshop({}, async (cwd) => {
    const { stdout } = await promisify(execFile)('bash', ['-eu', '-o', 'pipefail', '-c', script], {
      cwd,
      env: environment(variables),
    })
    return stdout.split(SEPARATOR)
  })
}

/** Runs a script of a guide, and answers what it has written. */
export function runScript({ code }: Block, variables: Variables): Promise<string> {
  return withWorkshop({ 'script.mjs': code }, async (folder) => {
    const { stdout } = await promisify(execFile)(process.execPath, [join(folder, 'script.mjs')], {
      env: environment(variables),
    })
    return stdout
  })
}

const environment = (variables: Variables): NodeJS.ProcessEnv => ({ PATH: process.env.PATH, ...variables })

/** Whether an output is what a guide shows, `…` standing for anything. */
export const isShown = ({ code }: Block, output: string): boolean =>
  new RegExp(`^${code.trim().split('…').map(RegExp.escape).join('.*')}$`).test(output.replaceAll('\r', '').trim())
