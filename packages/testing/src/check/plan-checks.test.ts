import { describe, expect, it } from 'vitest'
import { planChecks } from './plan-checks.ts'

const TESTS = [
  'packages/api/src/conformance.test.ts',
  'packages/api/src/text/summarize.test.ts',
  'packages/metering/src/place.test.ts',
  'apps/web/src/app.test.tsx',
]
const plan = (...files: string[]) => planChecks({ base: 'abc', files, tests: TESTS })
const argsOf = (script: string, files: string[]) =>
  plan(...files).find((check) => check.script === script)?.args

describe('what a change needs checked', () => {
  it.each([
    ['nothing', []],
    ['a procedure', ['packages/api/src/text/translate.ts']],
    ['a page', ['apps/docs/errors.md']],
  ])('always has the conformance kit and the two lists of errors: %s', (_what, files) => {
    expect(argsOf('test:related', files)).toEqual(
      expect.arrayContaining([
        'packages/api/src/conformance.test.ts',
        'apps/docs/src/errors.test.ts',
      ]),
    )
  })

  it('leaves it to imports which tests of a server are reached through their fixtures', () => {
    const args = argsOf('test:related', ['apps/server/fixtures/guest.ts'])
    expect(args).toContain('apps/server/fixtures/guest.ts')
  })

  it('leaves it to imports which tests a module reaches', () => {
    const args = argsOf('test:related', ['packages/api/src/text/translate.ts'])
    expect(args).toContain('packages/api/src/text/translate.ts')
    expect(args).not.toContain('packages/api/src/text/summarize.test.ts')
  })

  it('runs tests of the packages that changed and of those that look at everything, not of packages above', () => {
    const args = argsOf('test:related', ['packages/metering/src/place.ts'])
    expect(args?.filter((arg) => arg.startsWith('--project'))).toEqual([
      '--project=@tollgate/metering',
      '--project=@tollgate/api',
      '--project=@tollgate/docs',
      '--project=@tollgate/testing',
    ])
  })

  it('runs all tests of a package whose SQL or generator changed', () => {
    expect(argsOf('test:related', ['packages/metering/routines/place_one.sql'])).toContain(
      'packages/metering/src/place.test.ts',
    )
    expect(argsOf('test:related', ['packages/api/generator/write-procedure.ts'])).toContain(
      'packages/api/src/text/summarize.test.ts',
    )
  })

  it('runs everything when the lockfile changed, and all types and all lint', () => {
    const args = argsOf('test:related', ['pnpm-lock.yaml'])
    expect(args).toEqual(expect.arrayContaining(TESTS))
    expect(args?.filter((arg) => arg.startsWith('--'))).toEqual([])
    expect(argsOf('typecheck', ['pnpm-lock.yaml'])).toEqual([])
    expect(argsOf('lint', ['pnpm-lock.yaml', 'apps/web/src/main.tsx'])).toEqual([])
  })

  it('checks the types of what changed and of what depends on it, and lints what changed', () => {
    const files = ['packages/api/src/router.ts', 'packages/client/src/links.ts']
    expect(argsOf('typecheck', files)).toEqual(['--filter=...[abc]'])
    expect(argsOf('lint', files)).toEqual(['packages/api', 'packages/client'])
  })

  it('does not take the README for something that runs', () => {
    const files = ['README.md', '.github/studio.png', 'packages/api/src/router.ts']
    expect(argsOf('lint', files)).toEqual(['packages/api'])
    expect(argsOf('test:related', files)).not.toContain('packages/metering/src/place.test.ts')
  })

  it('weighs what browsers load when that changed', () => {
    expect(argsOf('size', ['packages/client/src/links.ts'])).toEqual([])
    expect(argsOf('size', ['packages/api/src/router.ts'])).toBeUndefined()
  })

  it('looks at the whole repository where that takes seconds', () => {
    const scripts = plan('packages/api/src/router.ts').map(({ script }) => script)
    expect(scripts).toEqual(expect.arrayContaining(['knip', 'format:check', 'boundaries']))
  })
})
