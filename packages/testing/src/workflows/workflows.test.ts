import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { findMissingScripts } from './find-missing-scripts.ts'
import { readWorkflows, stepsOf, type Workflow } from './read-workflows.ts'

const ROOT = fileURLToPath(new URL('../../../../', import.meta.url))
const workflows = readWorkflows()

describe.each(workflows)('the workflow $file', (workflow) => {
  it('runs only scripts and files that the repository has', () => {
    expect(commandsOf(workflow).length).toBeGreaterThan(0)
    expect(commandsOf(workflow).flatMap((command) => findMissingScripts(ROOT, command))).toEqual([])
  })

  it('names every action by the hash of a commit, with its version beside it', () => {
    const lines = workflow.text.split('\n').filter((line) => /^\s*(?:- )?uses:/.test(line))
    const loose = lines.filter(
      (line) => !/uses: (?:\.\/\S+|[\w.-]+\/[\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+)$/.test(line),
    )
    expect(lines.length).toBeGreaterThan(0)
    expect(loose).toEqual([])
  })

  it('calls only workflows that exist', () => {
    const called = Object.values(workflow.jobs).flatMap(({ uses }) => uses ?? [])
    expect(called.filter((file) => !existsSync(path.join(ROOT, file)))).toEqual([])
  })

  it('reads the repository and nothing else unless a job says more', () => {
    expect(workflow.permissions).toEqual({ contents: 'read' })
  })

  it('leaves no token in the checkout', () => {
    const checkouts = stepsOf(workflow).filter(({ uses }) => uses?.startsWith('actions/checkout@'))
    expect(checkouts.every((step) => step.with['persist-credentials'] === false)).toBe(true)
  })

  it('puts nothing of an event into a shell command', () => {
    expect(commandsOf(workflow).filter((command) => command.includes('${{'))).toEqual([])
  })

  it('ends jobs that hang', () => {
    const unbounded = Object.entries(workflow.jobs)
      .filter(([, { steps }]) => steps.length > 0)
      .filter(([, job]) => job['timeout-minutes'] === undefined)
    expect(unbounded).toEqual([])
  })
})

describe('the workflows together', () => {
  it('let one job write, the one that publishes after the tests', () => {
    const writing = workflows.flatMap(({ file, jobs }) =>
      Object.entries(jobs)
        .filter(([, { permissions }]) => permissions !== undefined)
        .map(([name, { permissions }]) => ({ file, name, permissions })),
    )
    expect(writing).toEqual([
      {
        file: 'release.yml',
        name: 'release',
        permissions: { contents: 'write', 'pull-requests': 'write', 'id-token': 'write' },
      },
    ])
  })

  it('never run a fork with the rights of the repository', () => {
    const events = workflows.flatMap((workflow) => Object.keys(workflow.on))
    expect(events).toContain('pull_request')
    expect(events).not.toContain('pull_request_target')
    expect(events).not.toContain('workflow_run')
  })

  it('run the tests on every supported Node on Linux, and on macOS', () => {
    const matrix = workflows.find(({ file }) => file === 'ci.yml')?.jobs['test']?.strategy?.matrix
    const { engines } = z
      .object({ engines: z.object({ node: z.string() }) })
      .parse(JSON.parse(readFileSync(path.join(ROOT, 'package.json'), 'utf8')))
    const recommended = readFileSync(path.join(ROOT, '.nvmrc'), 'utf8').trim()
    expect(matrix?.['node']).toEqual([engines.node.replace('>=', ''), '22', recommended])
    expect(JSON.stringify(matrix?.['include'])).toMatch(/macos/)
  })

  it('publish with provenance', () => {
    const publishing = workflows.flatMap(stepsOf).filter((step) => 'publish' in step.with)
    expect(publishing.map(({ env }) => env['NPM_CONFIG_PROVENANCE'])).toEqual(['true'])
  })
})

describe('findMissingScripts', () => {
  it.each([
    ['bash .ci/missing', '.ci/missing'],
    ['npx -y pnpm@10.34.9 no-such-script', 'no-such-script'],
    ['npx -y pnpm@9.0.0 install', 'pnpm@9.0.0'],
    ['npm run no-such-script', 'no-such-script'],
    ['bash .ci/run && node apps/missing.ts', 'apps/missing.ts'],
  ])('finds what "%s" needs and the repository does not have', (command, missing) => {
    expect(findMissingScripts(ROOT, command)).toEqual([missing])
  })
})

function commandsOf(workflow: Workflow): string[] {
  return stepsOf(workflow).flatMap(({ run, with: { version, publish } }) =>
    [run, version, publish].flatMap((command) => (typeof command === 'string' ? command : [])),
  )
}
