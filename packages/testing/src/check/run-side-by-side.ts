import { spawn } from 'node:child_process'

/** The outcome of one command. */
export type Outcome = { name: string; passed: boolean; seconds: number; output: string }

/** Runs shell commands in order, at most `lanes` at once; reports each as it ends. */
export async function runSideBySide(
  commands: readonly { name: string; command: string; args: readonly string[] }[],
  options: { cwd: string; lanes: number; onEnd: (outcome: Outcome) => void },
): Promise<Outcome[]> {
  const waiting = [...commands]
  const outcomes: Outcome[] = []
  const lane = async (): Promise<void> => {
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      const outcome = await run(next, options.cwd)
      options.onEnd(outcome)
      outcomes.push(outcome)
    }
  }
  await Promise.all(Array.from({ length: options.lanes }, lane))
  return outcomes
}

function run(
  { name, command, args }: { name: string; command: string; args: readonly string[] },
  cwd: string,
): Promise<Outcome> {
  const began = performance.now()
  // Arguments are passed separately, so that the shell does not interpret them.
  const child = spawn('sh', ['-c', `${command} "$@"`, name, ...args], {
    cwd,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let output = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8')
    stream.on('data', (text: string) => (output += text))
  }
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('close', (code) =>
      resolve({ name, passed: code === 0, seconds: (performance.now() - began) / 1000, output }),
    )
  })
}
