import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { parse } from 'yaml'
import { expect, it } from 'vitest'
import { z } from 'zod'

const FOLDER = fileURLToPath(new URL('../../../../.github/ISSUE_TEMPLATE/', import.meta.url))

/** The form schema that GitHub accepts; it shows none of the forms if one is invalid. */
const attributes = z.object({
  label: z.string(),
  description: z.string().optional(),
  placeholder: z.string().optional(),
  render: z.string().optional(),
})
const required = z.strictObject({ required: z.boolean() }).optional()
const field = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.enum(['textarea', 'input']),
    id: z.string(),
    attributes: attributes.strict(),
    validations: required,
  }),
  z.strictObject({
    type: z.literal('dropdown'),
    id: z.string(),
    attributes: attributes.extend({ options: z.array(z.string()).min(1) }).strict(),
    validations: required,
  }),
  z.strictObject({
    type: z.literal('checkboxes'),
    id: z.string(),
    attributes: attributes
      .extend({
        options: z.array(z.strictObject({ label: z.string(), required: z.boolean().optional() })),
      })
      .strict(),
  }),
])
const form = z.strictObject({
  name: z.string(),
  description: z.string(),
  labels: z.array(z.string()),
  body: z.array(field).min(1),
})
const config = z.strictObject({
  blank_issues_enabled: z.boolean(),
  contact_links: z.array(
    z.strictObject({ name: z.string(), url: z.url({ protocol: /^https$/ }), about: z.string() }),
  ),
})

const forms = readdirSync(FOLDER).filter((file) => file !== 'config.yml')

it.each(forms)(
  'builds the issue form %s from fields that GitHub knows, each with its own id',
  (file) => {
    const { body } = form.parse(read(file))
    const ids = body.map(({ id }) => id)
    expect(new Set(ids).size).toBe(ids.length)
  },
)

it('leads reports of vulnerabilities away from public issues', () => {
  const { contact_links: links, blank_issues_enabled: blank } = config.parse(read('config.yml'))
  expect(blank).toBe(false)
  expect(links.map(({ url }) => new URL(url).pathname)).toEqual([
    '/tollgate/tollgate/security/advisories/new',
  ])
})

function read(file: string): unknown {
  return parse(readFileSync(path.join(FOLDER, file), 'utf8'))
}
