import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { readBom } from './read-bom.ts'
import { readInstalled } from './read-installed.ts'

const ROOT = fileURLToPath(new URL('../../../../', import.meta.url))

describe('the bill of materials', () => {
  const bom = readBom(ROOT)
  const names = bom.components.map(({ group, name }) => (group ? `${group}/${name}` : name))

  it('lists what the programs are built from, our own packages included', () => {
    expect(names).toEqual(
      expect.arrayContaining([
        'hono',
        'pg',
        '@trpc/server',
        '@resvg/resvg-js',
        '@tollgate/metering',
      ]),
    )
    expect(names).toEqual(expect.arrayContaining(['stripe', 'react', '@tollgate/ledger']))
  })

  it('lists no tool of development, and nothing of the phone app', () => {
    const absent = ['vitest', 'oxlint', 'typescript', 'expo', 'vitepress', '@tollgate/testing']
    expect(names.filter((name) => absent.includes(name))).toEqual([])
  })

  it('gives every package of a registry its hash, and every installed one its license', () => {
    const foreign = bom.components.filter(({ group }) => group !== '@tollgate')
    const wrong = foreign.filter(
      ({ hashes }) => !/^[0-9a-f]{128}$/.test(hashes?.[0]?.content ?? ''),
    )
    expect(foreign.length).toBeGreaterThan(50)
    expect(wrong).toEqual([])
    const installed = new Set(readInstalled(ROOT).map(({ name, version }) => `${name}@${version}`))
    const unlicensed = foreign
      .filter(({ licenses }) => licenses === undefined)
      .map(({ group, name, version }) => `${group ? `${group}/` : ''}${name}@${version}`)
    // Binaries for other platforms, which are not installed here.
    expect(unlicensed.filter((one) => installed.has(one))).toEqual([])
  })

  it('refers to every component once, by a package URL', () => {
    const refs = bom.components.map((component) => component['bom-ref'])
    const own = bom.metadata.component['bom-ref']
    expect(new Set(refs).size).toBe(refs.length)
    expect(
      refs.filter((ref) => !/^pkg:npm\/(?:%40[\w.-]+\/)?[\w.-]+@\d[\w.%-]*$/.test(ref)),
    ).toEqual([])
    expect(bom.dependencies.map(({ ref }) => ref).toSorted()).toEqual([...refs, own].toSorted())
    const known = new Set(refs)
    expect(
      bom.dependencies.flatMap(({ dependsOn }) => dependsOn).filter((ref) => !known.has(ref)),
    ).toEqual([])
  })

  it('is the same whenever it is made from the same lockfile', () => {
    expect(JSON.stringify(readBom(ROOT))).toBe(JSON.stringify(bom))
  })
})
