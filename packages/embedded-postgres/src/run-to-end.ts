import { once } from 'node:events'
import { launch, type Launcher } from './launcher.ts'

/** Runs a program until it ends; returns whether it succeeded and its output. */
export async function runToEnd(
  launcher: Launcher,
  program: string,
  parameters: readonly string[],
): Promise<{ succeeded: boolean; output: string }> {
  const child = launch(launcher, { program, parameters, stdio: ['ignore', 'pipe', 'pipe'] })
  let output = ''
  child.stdout?.on('data', (chunk: Buffer) => (output += chunk.toString()))
  child.stderr?.on('data', (chunk: Buffer) => (output += chunk.toString()))
  try {
    const [exitCode]: unknown[] = await once(child, 'close')
    return { succeeded: exitCode === 0, output: output.trim() }
  } catch (error) {
    return { succeeded: false, output: error instanceof Error ? error.message : String(error) }
  }
}
