import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { END_WITH_PARENT } from '../src/end-with-parent.ts'
import { ownEnvironment } from '../e2e/own-environment.ts'

const OUTPUT_CHARACTERS_MAX = 20_000

/** A program of an outside app, running in plain Node. */
export type Program = {
  /** What it printed so far. */
  output(): string
  /** Resolves once `isReady` resolves to a value other than null; throws with the program's output if it exits first. */
  until<Ready>(isReady: () => Ready | null | Promise<Ready | null>): Promise<Ready>
  stop(): Promise<void>
}

const POLL_MS = 100

/** Runs a file of the project as its team would; it is stopped with this process at the latest. */
export function startProgram(
  directory: string,
  file: string,
  environment: Record<string, string>,
): Program {
  let output = ''
  const child = spawn(process.execPath, ['--import', END_WITH_PARENT, file], {
    cwd: directory,
    env: { ...ownEnvironment(), ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk: Buffer) => {
      output = (output + chunk.toString()).slice(-OUTPUT_CHARACTERS_MAX)
    })
  }
  return {
    output: () => output,
    async until(isReady) {
      for (;;) {
        const ready = await isReady()
        if (ready !== null) return ready
        if (hasEnded(child)) throw new Error(`${file} ended:\n${output}`)
        await new Promise((resolve) => setTimeout(resolve, POLL_MS))
      }
    },
    async stop() {
      if (hasEnded(child)) return
      const gone = once(child, 'exit')
      child.kill('SIGKILL')
      await gone
    },
  }
}

function hasEnded(child: ChildProcess): boolean {
  return child.exitCode !== null || child.signalCode !== null
}
