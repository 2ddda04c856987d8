/** One check: a script of the root package, and additional arguments. */
export type Check = { script: string; args: string[] }

/** The current change, and all tests. */
export type Change = {
  /** The commit that the change is compared with. */
  base: string
  /** Changed, added and deleted files, relative to the root. */
  files: readonly string[]
  /** Every unit test of the repository, relative to the root. */
  tests: readonly string[]
}

/** Quick tests that read the code, the router or the pages as data, so that no import leads from a change to them. */
const ALWAYS = [
  'packages/api/src/conformance.test.ts',
  'apps/docs/src/errors.test.ts',
  'apps/docs/src/guide.test.ts',
  'apps/docs/src/outside-the-guide.test.ts',
  'packages/testing/src/lint/words-elsewhere.test.ts',
]
/** The packages of those tests. */
const ALWAYS_IN = ['packages/api', 'apps/docs', 'packages/testing']
/** Packages that browsers load, and whose size is limited. */
const LOADED_BY_BROWSERS = new Set([
  'packages/brand',
  'packages/contract',
  'packages/client',
  'apps/web',
])

/**
 * The checks a change needs, the longest first. Checks that only take seconds cover the whole repository. Types are checked where the
 * change can reach; lint and tests cover the changed packages, since tests of the packages above start servers.
 */
export function planChecks({ base, files, tests }: Change): Check[] {
  const packages = [...new Set(files.filter((file) => !isAside(file)).map(packageOf))]
  // A file outside the packages (lockfile, compiler settings) can affect everything.
  const everything = packages.includes(null)
  const changed = packages.filter((name) => name !== null)
  const whole = everything || changed.length === 0
  return [
    {
      script: 'test:related',
      args: [...(whole ? [] : projects(changed)), ...related(files, tests)],
    },
    { script: 'typecheck', args: whole ? [] : [`--filter=...[${base}]`] },
    { script: 'lint', args: whole ? [] : changed },
    { script: 'knip', args: [] },
    { script: 'format:check', args: [] },
    { script: 'boundaries', args: [] },
    ...(everything || changed.some((name) => LOADED_BY_BROWSERS.has(name))
      ? [{ script: 'size', args: [] }]
      : []),
  ]
}

function projects(changed: readonly string[]): string[] {
  const homes = new Set([...changed, ...ALWAYS_IN])
  return [...homes].map((home) => `--project=@tollgate/${home.slice(home.indexOf('/') + 1)}`)
}

function related(files: readonly string[], tests: readonly string[]): string[] {
  const reached = files.flatMap((file) => {
    if (isModule(file)) return [file]
    const home = packageOf(file)
    return tests.filter((test) => (home ? test.startsWith(`${home}/`) : !isAside(file)))
  })
  return [...new Set([...ALWAYS, ...reached])].toSorted()
}

// Vitest follows imports from a module to its tests. For anything else (SQL, templates, pages), all tests of its package run.
function isModule(file: string): boolean {
  return /^(?:packages|apps)\/[^/]+\/(?:src|fixtures|conformance|e2e|faults)\/.*\.[jt]sx?$/.test(
    file,
  )
}

// Pages and pictures outside the packages affect no test.
function isAside(file: string): boolean {
  return packageOf(file) === null && /\.(?:md|png)$/.test(file)
}

function packageOf(file: string): string | null {
  return /^(?:packages|apps)\/[^/]+(?=\/)/.exec(file)?.[0] ?? null
}
