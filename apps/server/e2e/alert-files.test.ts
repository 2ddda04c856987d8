import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { z } from 'zod'
import { startTestServer } from '../fixtures/start-test-server.ts'

const TOKEN = 'the-token-of-the-scraper'
const read = (file: string) => readFileSync(new URL(file, import.meta.url), 'utf8')

const rules = z
  .object({
    groups: z.array(
      z.object({
        rules: z.array(
          z.object({
            alert: z.string(),
            expr: z.string(),
            annotations: z.object({ summary: z.string().min(1), runbook_url: z.string() }),
          }),
        ),
      }),
    ),
  })
  .parse(parse(read('../deploy/alerts.yml')))
  .groups.flatMap((group) => group.rules)
const queries = z
  .object({ panels: z.array(z.object({ targets: z.array(z.object({ expr: z.string() })) })) })
  .parse(JSON.parse(read('../deploy/dashboard.json')))
  .panels.flatMap(({ targets }) => targets.map(({ expr }) => expr))

/** The metrics that a text names; for a histogram's buckets, the histogram. */
function metricsIn(text: string): Set<string> {
  const names = text.match(/tollgate_[a-z_]+/gu) ?? []
  return new Set(names.map((name) => name.replace(/_bucket$/u, '')))
}

describe('the metrics of a running server', () => {
  let live: Set<string>
  beforeAll(async () => {
    const server = await startTestServer({ METRICS_TOKEN: TOKEN })
    const headers = { authorization: `Bearer ${TOKEN}` }
    const text = await (await fetch(`${server.url}/metrics`, { headers })).text()
    live = metricsIn((text.match(/^# HELP \S+/gmu) ?? []).join(' '))
    await server.close()
  }, 60_000)
  afterAll(() => live.clear())

  it('are what alert rules and dashboard ask for', () => {
    const asked = metricsIn([...rules.map(({ expr }) => expr), ...queries].join(' '))
    expect(asked.size).toBeGreaterThan(15)
    expect([...asked].filter((name) => !live.has(name))).toEqual([])
    expect([...live].filter((name) => !asked.has(name))).toEqual([])
  })

  it('are what the guide lists', () => {
    const [, section = ''] =
      /^## Metrics$(.*?)^## /msu.exec(read('../../docs/operate/running.md')) ?? []
    const listed = metricsIn((section.match(/^\| `tollgate_[a-z_]+/gmu) ?? []).join(' '))
    expect(listed).toEqual(live)
  })
})

describe('every alert', () => {
  const names = rules.map(({ alert }) => alert)

  it('has its section with a command in the guide, and every such section its alert', () => {
    const [, section = ''] =
      /^## Alerts$(.*)/msu.exec(read('../../docs/operate/incidents.md')) ?? []
    const parts = section.split(/^### /mu).slice(1)
    expect(new Set(parts.map((part) => part.split('\n')[0]))).toEqual(new Set(names))
    expect(parts.filter((part) => !part.includes('```sh\n'))).toEqual([])
  })

  it('says in its runbook link where that section is', () => {
    for (const { alert, annotations } of rules) {
      expect(annotations.runbook_url).toBe(`/operate/incidents#${alert.toLowerCase()}`)
    }
  })
})
