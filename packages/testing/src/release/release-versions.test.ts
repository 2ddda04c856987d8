import { existsSync, readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { inc, satisfies } from 'semver'
import { expect, it } from 'vitest'
import { z } from 'zod'
import { publishedPackages } from './published-packages.ts'

const ROOT = fileURLToPath(new URL('../../../../', import.meta.url))
const WORKSPACE = 'workspace:'

it('lets the next minor release of a package be a peer of the others, which would be major releases otherwise', async () => {
  const published = await publishedPackages(ROOT)
  const versions = new Map(published.map(({ name, version }) => [name, version]))
  const own = published.flatMap(({ peers }) =>
    Object.entries(peers)
      .filter(([, range]) => range.startsWith(WORKSPACE))
      .map(([name, range]) => ({ name, range: range.slice(WORKSPACE.length) })),
  )
  expect(own.length).toBeGreaterThan(0)
  const refused = own.filter(({ name, range }) => {
    const version = versions.get(name) ?? ''
    return !satisfies(inc(version, 'minor') ?? '', range === '^' ? `^${version}` : range)
  })
  expect(refused).toEqual([])
})

it('gives everything one version, which the guide, the metrics and the bill of materials name', () => {
  const versions = ['apps', 'packages']
    .flatMap((group) => readdirSync(path.join(ROOT, group)).map((name) => `${group}/${name}`))
    .map((place) => path.join(place, 'package.json'))
    .filter((file) => existsSync(path.join(ROOT, file)))
    .map((file) => readJson(file, z.object({ version: z.string() })).version)
  expect(new Set(versions).size).toBe(1)
  const { fixed } = readJson('.changeset/config.json', z.object({ fixed: z.unknown() }))
  expect(fixed).toEqual([['@tollgate/*']])
})

function readJson<Shape>(file: string, schema: z.ZodType<Shape>): Shape {
  return schema.parse(JSON.parse(readFileSync(path.join(ROOT, file), 'utf8')))
}
