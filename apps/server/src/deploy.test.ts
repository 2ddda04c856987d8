import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { findMissingScripts } from '@tollgate/testing/find-missing-scripts'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { z } from 'zod'
import { readDockerfile, type Stage } from '../fixtures/read-dockerfile.ts'

const ROOT = fileURLToPath(new URL('../../..', import.meta.url))
const DEPLOY = path.join(ROOT, 'apps/server/deploy')

describe('the Dockerfile', () => {
  const stages = readDockerfile(path.join(DEPLOY, 'Dockerfile'))
  const image = stages.at(-1)
  const all = (keyword: string, within: readonly (Stage | undefined)[] = stages) =>
    within
      .flatMap((stage) => stage?.instructions ?? [])
      .filter((instruction) => instruction.keyword === keyword)
      .map(({ text }) => text)

  it('builds in one stage and runs in another', () => {
    expect(stages.map(({ name }) => name)).toEqual(['build', null])
  })

  it('names its images by tag and digest', () => {
    const loose = stages.filter(
      (stage) => !/^[\w./-]+:[\w.-]+@sha256:[0-9a-f]{64}$/.test(stage.image),
    )
    expect(loose).toEqual([])
    expect(stages.filter((stage) => stage.image.includes(':latest'))).toEqual([])
  })

  it('runs the recommended Node', () => {
    const recommended = readFileSync(path.join(ROOT, '.nvmrc'), 'utf8').trim()
    expect(stages[0]?.image).toContain(`node:${recommended}-`)
    expect(image?.image).toContain(`/nodejs${recommended}-`)
  })

  it('runs only scripts that the repository has, by its own pnpm, from the lockfile', () => {
    const commands = all('RUN')
    expect(commands.flatMap((command) => missingIn(command))).toEqual([])
    expect(commands.some((command) => command.includes('install --frozen-lockfile'))).toBe(true)
  })

  it('runs as a user without rights, named by number', () => {
    expect(all('USER', [image])).toEqual(['65532:65532'])
  })

  it('starts its programs and its health check without a shell', () => {
    const [entrypoint = ''] = all('ENTRYPOINT', [image])
    const [check = ''] = all('HEALTHCHECK', [image])
    const commands = [entrypoint, check.slice(check.indexOf('CMD ') + 'CMD '.length)]
    const programs = commands.map((command) => z.array(z.string()).parse(JSON.parse(command))[0])
    expect(programs).toEqual(['/nodejs/bin/node', '/nodejs/bin/node'])
    expect(all('CMD')).toEqual([])
  })

  it('copies into the image only what the build made', () => {
    expect(all('ADD')).toEqual([])
    expect(all('COPY', [image]).filter((text) => !text.startsWith('--from=build '))).toEqual([])
  })

  it('holds no secret', () => {
    const named = [...all('ENV'), ...all('ARG')].filter((text) =>
      /KEY|TOKEN|PASSWORD|SECRET/.test(text),
    )
    expect(named).toEqual([])
  })

  it('keeps what git ignores out of its context', () => {
    const ignored = readLines(path.join(DEPLOY, 'Dockerfile.dockerignore'))
    for (const name of ['node_modules', 'dist', '.data*', '.env*'])
      expect(ignored.map((line) => line.replace('**/', ''))).toContain(name)
  })
})

describe('the compose file', () => {
  const { services, volumes } = composeSchema().parse(
    parse(readFileSync(path.join(DEPLOY, 'compose.yaml'), 'utf8')),
  )
  const { tollgate, postgres } = services

  it('builds from the root by the Dockerfile beside it', () => {
    expect(path.resolve(DEPLOY, tollgate.build.context)).toBe(path.resolve(ROOT))
    expect(existsSync(path.join(ROOT, tollgate.build.dockerfile))).toBe(true)
  })

  it('sets only variables that the server reads', () => {
    const config = readFileSync(path.join(ROOT, 'apps/server/src/config.ts'), 'utf8')
    const names = Object.keys(tollgate.environment)
    expect(names.length).toBeGreaterThan(2)
    expect(names.filter((name) => !config.includes(`  ${name}: `))).toEqual([])
  })

  it('has no default for a password', () => {
    const values = [...Object.values(tollgate.environment), ...Object.values(postgres.environment)]
    const passwords = values.join('\n').match(/\$\{\w+PASSWORD[^}]*\}/g) ?? []
    expect(passwords.length).toBe(4)
    expect(passwords.filter((text) => !text.includes(':?'))).toEqual([])
  })

  it('lets the server write to its volume and nowhere else, without rights', () => {
    expect(tollgate).toMatchObject({
      read_only: true,
      cap_drop: ['ALL'],
      security_opt: ['no-new-privileges:true'],
      volumes: ['secrets:/data'],
    })
    expect(Object.keys(volumes)).toEqual(['secrets', 'databases'])
  })

  it('keeps logs, memory and processes within bounds', () => {
    expect([tollgate.logging, postgres.logging]).toEqual([{ driver: 'local' }, { driver: 'local' }])
    expect(tollgate).toMatchObject({ mem_limit: '1g', pids_limit: 200 })
  })

  it('names the major version and the distribution of Postgres, whose order of text indexes keep', () => {
    expect(postgres.image).toMatch(/^postgres:\d+-[a-z]+$/)
  })

  it('publishes the server on loopback, and the database nowhere', () => {
    expect(tollgate.ports).toEqual(['127.0.0.1:3000:3000'])
    expect(postgres.ports).toEqual([])
  })

  it('creates the databases that the server is given, for a role that is no superuser', () => {
    const urls = Object.values(tollgate.environment).filter((value) =>
      value.startsWith('postgres:'),
    )
    const sql = readFileSync(path.join(DEPLOY, 'create-databases.sql'), 'utf8')
    const created = [...sql.matchAll(/create database (\w+) owner tollgate;/g)].map(
      ([, name]) => name,
    )
    expect(urls.map((url) => /@postgres:5432\/(\w+)$/.exec(url)?.[1])).toEqual(created)
    expect(sql).toContain('create role tollgate login createrole password')
    expect(postgres.volumes.join()).toContain('./create-databases.sql:/docker-entrypoint-initdb.d/')
  })
})

/** Scripts of a workspace package (`--filter @tollgate/web run build`) or of the root. */
function missingIn(command: string): string[] {
  return command.split('&&').flatMap((part) => {
    const [, workspace, script = ''] = /--filter @tollgate\/(\w+) run (\w+)/.exec(part) ?? []
    if (workspace === undefined) return findMissingScripts(ROOT, part)
    const manifest = readFileSync(path.join(ROOT, `apps/${workspace}/package.json`), 'utf8')
    return manifest.includes(`"${script}": `) ? [] : [`${workspace}: ${script}`]
  })
}

function readLines(file: string): string[] {
  return readFileSync(file, 'utf8').split('\n').filter(Boolean)
}

function composeSchema() {
  const strings = z.array(z.string()).default([])
  const service = z.object({
    environment: z.record(z.string(), z.string()),
    ports: strings,
    volumes: strings,
    logging: z.object({ driver: z.string() }),
  })
  return z.object({
    services: z.object({
      tollgate: service.extend({
        build: z.object({ context: z.string(), dockerfile: z.string() }),
        read_only: z.boolean(),
        cap_drop: strings,
        security_opt: strings,
        mem_limit: z.string(),
        pids_limit: z.number(),
      }),
      postgres: service.extend({ image: z.string() }),
    }),
    volumes: z.record(z.string(), z.null()),
  })
}
