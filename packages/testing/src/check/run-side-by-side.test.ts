import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { type Outcome, runSideBySide } from './run-side-by-side.ts'

const here = { cwd: tmpdir(), onEnd: () => {} }

describe('commands side by side', () => {
  it('reports outcome and output of each command, and continues after a failure', async () => {
    const outcomes: Outcome[] = []
    await runSideBySide(
      [
        { name: 'bad', command: 'echo no >&2; exit 3;', args: [] },
        { name: 'good', command: 'echo', args: ['yes'] },
      ],
      { ...here, lanes: 1, onEnd: (outcome) => outcomes.push(outcome) },
    )
    expect(outcomes).toMatchObject([
      { name: 'bad', passed: false, output: 'no\n' },
      { name: 'good', passed: true, output: 'yes\n' },
    ])
  })

  it('hands arguments over as they are, whatever a shell would read in them', async () => {
    const args = ['...[HEAD]', '$HOME; echo two', 'a b']
    const [outcome] = await runSideBySide([{ name: 'say', command: "printf '%s\\n'", args }], {
      ...here,
      lanes: 1,
    })
    expect(outcome?.output).toBe(args.map((arg) => `${arg}\n`).join(''))
  })

  it('runs two at once where there are two lanes', async () => {
    // Each waits for the other; in sequence, neither would end.
    const meet = (own: string, other: string) =>
      `touch ${own}; for i in $(seq 400); do [ -e ${other} ] && exit 0; sleep 0.05; done; exit 1;`
    const cwd = await mkdtemp(path.join(tmpdir(), 'tollgate-lanes-'))
    const outcomes = await runSideBySide(
      [
        { name: 'one', command: meet('one', 'two'), args: [] },
        { name: 'two', command: meet('two', 'one'), args: [] },
      ],
      { ...here, cwd, lanes: 2 },
    )
    await rm(cwd, { recursive: true })
    expect(outcomes.map(({ passed }) => passed)).toEqual([true, true])
  })
})
