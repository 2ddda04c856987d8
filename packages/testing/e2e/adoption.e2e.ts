import { existsSync } from 'node:fs'
import { readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { makeScratchClone, type ScratchClone } from './scratch-clone.ts'

const PRICING = 'packages/contract/pricing.yaml'
const CATALOG = 'packages/contract/src/catalog.gen.ts'
/** What has to stay green, the cheap ones first; once over both stories, because the unit suite takes minutes. */
const SCRIPTS = ['format:check', 'lint', 'boundaries', 'typecheck', 'knip', 'test:unit'] as const
/** The whole unit suite on a machine that may be busy. */
const MS_MAX = 45 * 60_000

// In a clone of the last commit.
describe('a team that adopts the repository', { timeout: MS_MAX }, () => {
  let clone: ScratchClone
  const at = (file: string) => path.join(clone.directory, file)
  const gen = (...words: readonly string[]) => clone.pnpm('gen', 'billed-procedure', ...words)

  beforeAll(async () => {
    clone = await makeScratchClone()
  }, MS_MAX)
  afterAll(() => clone?.remove())

  it("generates with the README's command, then into a new group, then once more", async () => {
    const [group = '', name = '', meter = ''] = await readmeCommand()
    // A team that has run the command and committed its result gets a second procedure.
    const isThere = existsSync(at(`packages/api/src/${group}/${name}.ts`))
    await gen(group, isThere ? `${name}Again` : name, meter)
    await gen('adoptedGroup', name, meter)
    await gen(group, 'adoptedInverse', meter)
    expect(await changedFiles()).toContain('packages/api/src/router.ts')
  })

  it('adds a meter with a grant and a toggle, and one without, by editing pricing.yaml alone', async () => {
    await commitAll('Generated procedures')
    await writeFile(at(PRICING), withNewMeters(await readFile(at(PRICING), 'utf8')))
    await clone.run('node_modules/.bin/oxfmt', PRICING)
    await clone.pnpm('pricing:gen')
    expect((await changedFiles()).toSorted()).toEqual([PRICING, CATALOG])
    await gen('adoptedGroup', 'adoptedClip', 'adopted_seconds')
  })

  it.each(SCRIPTS)('has %s green after both', async (script) => {
    await expect(clone.pnpm('run', script)).resolves.toBeTypeOf('string')
  })

  it('has a Studio that builds after both', async () => {
    await expect(clone.pnpm('--filter', '@tollgate/web', 'run', 'build')).resolves.toContain(
      'built',
    )
  })

  async function readmeCommand(): Promise<string[]> {
    const readme = await readFile(at('README.md'), 'utf8')
    const words = /pnpm gen billed-procedure (\w+) (\w+) (\w+)/.exec(readme)
    if (!words) throw new Error('The README no longer shows the generator.')
    return words.slice(1)
  }

  async function changedFiles(): Promise<string[]> {
    const status = await clone.run('git', 'status', '--porcelain')
    return status
      .trimEnd()
      .split('\n')
      .map((line) => line.slice(3))
  }

  async function commitAll(subject: string): Promise<void> {
    await clone.run('git', 'add', '--all')
    const identity = ['-c', 'user.name=adopter', '-c', 'user.email=adopter@example.com']
    await clone.run('git', ...identity, 'commit', '--quiet', '--no-verify', '-m', subject)
  }
})

/** A typical change: two meters, a grant and a toggle, both in the first plan. */
function withNewMeters(pricing: string): string {
  const edits: readonly [RegExp, string][] = [
    [/^usageMeters:\n/m, NEW_METERS],
    [/^features:\n/m, NEW_FEATURES],
    [/^ {4}features: \[/m, 'adopted_grant, adopted_toggle, '],
  ]
  return edits.reduce((text, [place, added]) => {
    expect(text).toMatch(place)
    return text.replace(place, (found) => `${found}${added}`)
  }, pricing)
}

const NEW_METERS = `  - usageMeter: { slug: adopted_seconds, name: Adopted seconds, aggregationType: sum }
  - usageMeter: { slug: adopted_batches, name: Adopted batches, aggregationType: sum }
`
const NEW_FEATURES = `  - type: usage_credit_grant
    slug: adopted_grant
    name: 30 adopted seconds a month
    description: Thirty seconds every month.
    active: true
    amount: 30
    renewalFrequency: every_billing_period
    usageMeterSlug: adopted_seconds
  - type: toggle
    slug: adopted_toggle
    name: Adopted toggle
    description: Switches something on.
    active: true
`
