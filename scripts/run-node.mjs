// Runs a program on the Node that Keystead needs.
import { spawn } from 'node:child_process'
import { constants } from 'node:os'
import { nodeBinary } from './node-binary.mjs'
import { COMPILE_CACHE, ROOT } from './project.mjs'

/**
 * Becomes `node ...args`: on a Node that can, this process turns into that one; on an older one a child runs, gets this
 * process's signals, and its exit code is passed on. Runs in the project's folder and never returns.
 * @param {readonly string[]} args
 */
export function becomeNode(args) {
  const { path: node, env } = nodeBinary({ NODE_COMPILE_CACHE: COMPILE_CACHE, ...process.env })
  process.chdir(ROOT)
  if (typeof process.execve === 'function' && process.platform !== 'win32') {
    process.execve(node, [node, ...args], env)
  }
  const child = spawn(node, args, { stdio: 'inherit', env })
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGQUIT']) {
    // A terminal sends Ctrl-C to both of us: the child decides when to end, and we end with it.
    process.on(signal, () => {
      if (signal !== 'SIGINT' || !process.stdin.isTTY) child.kill(signal)
    })
  }
  child.on('error', (error) => {
    console.error(`${node} does not start: ${error.message}`)
    process.exit(1)
  })
  child.on('exit', (code, signal) => process.exit(signal === null ? code : 128 + constants.signals[signal]))
}
