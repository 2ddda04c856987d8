import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { SPAN_NAMES } from '@tollgate/contract'
import { describe, expect, it } from 'vitest'
import { readPages } from './read-pages.ts'

const ROOT = fileURLToPath(new URL('../../../', import.meta.url))
const pages = readPages()

describe('the documentation', () => {
  it('follows a billed call station by station, in the words of the trace', () => {
    const headings = [...lifeOfACall().matchAll(/^## \d+\. (\w+)$/gm)].map(([, name]) => name)
    expect(headings).toEqual([...SPAN_NAMES])
  })

  it('names the files of every station', () => {
    const stations = lifeOfACall()
      .split(/^## \d+\. /m)
      .slice(1)
    expect(stations.filter((station) => !/^Files: `/m.test(station))).toEqual([])
  })

  it('refers only to files that exist', () => {
    const missing = pages.flatMap(({ file, text }) =>
      pathsIn(text)
        .filter((name) => !existsSync(ROOT + name))
        .map((name) => `${file}: ${name}`),
    )
    expect(missing).toEqual([])
  })

  it('lists exactly the settings that the server reads', () => {
    const config = readFileSync(`${ROOT}apps/server/src/config.ts`, 'utf8')
    const read = [...config.matchAll(/^ {2}([A-Z][A-Z_]+): /gm)].map(([, name = '']) => name)
    const running = pages.find(({ file }) => file === 'operate/running.md')?.text ?? ''
    const [, settings = ''] = /^## Settings$(.*?)^## /ms.exec(running) ?? []
    const listed = [...settings.matchAll(/^\| (`[^|]+`) /gm)].flatMap(([, cell = '']) => [
      ...cell.matchAll(/`([A-Z_]+)`/g),
    ])
    expect(read.length).toBeGreaterThan(10)
    expect(listed.map(([, name = '']) => name).toSorted()).toEqual(
      [...read, ...READ_BY_THE_SDK].toSorted(),
    )
  })
})

/** The variables that OpenTelemetry's SDK reads and the guide explains. */
const READ_BY_THE_SDK = [
  'OTEL_EXPORTER_OTLP_CERTIFICATE',
  'OTEL_EXPORTER_OTLP_CLIENT_CERTIFICATE',
  'OTEL_EXPORTER_OTLP_COMPRESSION',
  'OTEL_EXPORTER_OTLP_HEADERS',
  'OTEL_EXPORTER_OTLP_TIMEOUT',
  'OTEL_RESOURCE_ATTRIBUTES',
  'OTEL_SERVICE_NAME',
]

function lifeOfACall(): string {
  return pages.find(({ file }) => file === 'explanation/life-of-a-billed-call.md')?.text ?? ''
}

function pathsIn(text: string): string[] {
  return [...text.matchAll(/`((?:packages|apps)\/[\w./-]+)`/g)].map(([, name = '']) => name)
}
