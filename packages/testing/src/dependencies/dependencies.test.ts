import { readFileSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { satisfies } from 'semver'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { z } from 'zod'
import { isAllowedLicense, LICENSE_EXCEPTIONS } from './allowed-licenses.ts'
import { readInstalled } from './read-installed.ts'
import { readLockfile } from './read-lockfile.ts'
import { ACCEPTED_VERSIONS, VERSION_FLOORS } from './version-floors.ts'

const ROOT = fileURLToPath(new URL('../../../../', import.meta.url))
const MINUTES_OF_A_DAY = 24 * 60

const installed = readInstalled(ROOT)
const { packages } = readLockfile(ROOT)
const settings = z
  .object({
    minimumReleaseAge: z.number(),
    minimumReleaseAgeExclude: z.array(z.string()).default([]),
    strictDepBuilds: z.boolean(),
    onlyBuiltDependencies: z.array(z.string()),
  })
  .parse(parse(readFileSync(path.join(ROOT, 'pnpm-workspace.yaml'), 'utf8')))

describe('every dependency', () => {
  it('has a license that we may distribute, or a reason', () => {
    const excepted = new Set(LICENSE_EXCEPTIONS.map(({ name }) => name))
    const refused = installed
      .filter(({ name }) => !excepted.has(name))
      .filter(({ license }) => license === undefined || !isAllowedLicense(license))
    expect(installed.length).toBeGreaterThan(500)
    expect(refused).toEqual([])
  })

  it('is not a version with a known vulnerability, or has a reason', () => {
    const found = packages.flatMap(({ name, version }) =>
      VERSION_FLOORS.filter((floor) => floor.name === name)
        .filter(({ vulnerable }) => satisfies(version, vulnerable, { includePrerelease: true }))
        .map(({ advisory }) => ({ name, version, advisory })),
    )
    const accepted = ({ name, version }: { name: string; version: string }) =>
      ACCEPTED_VERSIONS.some((one) => one.name === name && one.version === version)
    expect(packages.length).toBeGreaterThan(500)
    expect(found.filter((one) => !accepted(one))).toEqual([])
    // An exception must be removed once its reason is gone.
    expect(found.filter(accepted)).toHaveLength(ACCEPTED_VERSIONS.length)
  })

  it('comes from a registry, by its hash', () => {
    const elsewhere = packages.filter(
      ({ resolution }) =>
        Object.keys(resolution).join() !== 'integrity' ||
        !resolution['integrity']?.startsWith('sha512-'),
    )
    expect(elsewhere).toEqual([])
  })

  it('runs a script when it is installed only if it was reviewed', () => {
    const running = installed.filter(({ runsOnInstall }) => runsOnInstall).map(({ name }) => name)
    const reviewed = new Set(settings.onlyBuiltDependencies)
    expect(running.length).toBeGreaterThan(0)
    expect(running.filter((name) => !reviewed.has(name))).toEqual([])
    expect(settings.strictDepBuilds).toBe(true)
  })

  it('was published three days before it is installed for the first time, without exception', () => {
    expect(settings.minimumReleaseAge).toBeGreaterThanOrEqual(3 * MINUTES_OF_A_DAY)
    expect(settings.minimumReleaseAgeExclude).toEqual([])
  })
})

describe('the lists of exceptions', () => {
  it('names only packages that are installed', () => {
    const names = new Set(installed.map(({ name }) => name))
    expect(LICENSE_EXCEPTIONS.filter(({ name }) => !names.has(name))).toEqual([])
  })

  it.each([
    ['MIT', true],
    ['(MIT OR GPL-3.0-only)', true],
    ['MIT AND Apache-2.0', true],
    ['MIT AND GPL-3.0-only', false],
    ['AGPL-3.0-only', false],
    ['SEE LICENSE IN LICENSE', false],
  ])('decide about the expression %s', (expression, allowed) => {
    expect(isAllowedLicense(expression)).toBe(allowed)
  })
})
