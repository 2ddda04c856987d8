import type { SeededRandom } from '@tollgate/testing/faults'
import { z } from 'zod'

/** The maximum nesting of a drawn value. */
const DEPTH_MAX = 4
/** How often a value violates its schema. */
const WRONG_SHARE = 0.12

/** Draws a value that mostly matches a JSON Schema, so that it passes the first checks, with occasional violations. */
export function drawValue(random: SeededRandom, schema: unknown, ids: readonly string[]): unknown {
  const draw = (wanted: unknown, depth: number): unknown => {
    if (depth === 0 || random.chance(WRONG_SHARE)) return drawAnything(random, Math.min(depth, 2))
    const node = nodeSchema.parse(wanted ?? {})
    const options = node.anyOf ?? node.oneOf
    if (options) return draw(pick(random, options), depth)
    if (node.const !== undefined) return node.const
    if (node.enum) return pick(random, node.enum)
    switch ([node.type].flat()[0]) {
      case 'object':
        return drawObject(node)(depth)
      case 'array':
        return Array.from({ length: random.below(4) }, () => draw(node.items, depth - 1))
      case 'string':
        return random.chance(0.4) ? pick(random, ids) : pick(random, TEXTS)
      case 'integer':
      case 'number':
        return pick(random, NUMBERS)
      case 'boolean':
        return random.chance(0.5)
      case 'null':
        return null
      case undefined:
      default:
        return drawAnything(random, depth - 1)
    }
  }
  const drawObject = (node: Node) => (depth: number) => {
    const required = new Set(node.required)
    const fields = Object.entries(node.properties ?? {}).filter(([name]) =>
      required.has(name) ? random.chance(0.95) : random.chance(0.4),
    )
    const drawn = fields.map(([name, field]) => [name, draw(field, depth - 1)])
    if (random.chance(0.1)) drawn.push([pick(random, FIELDS), drawAnything(random, 1)])
    return Object.fromEntries(drawn)
  }
  return schema === undefined ? drawAnything(random, 3) : draw(schema, DEPTH_MAX)
}

/** Draws a value without regard to a schema. */
function drawAnything(random: SeededRandom, depth: number): unknown {
  if (depth <= 0 || random.chance(0.4)) {
    return random.chance(0.5) ? pick(random, TEXTS) : pick(random, SCALARS)
  }
  if (random.chance(0.2)) {
    return Array.from({ length: random.below(4) }, () => drawAnything(random, depth - 1))
  }
  const fields = Array.from({ length: 1 + random.below(5) }, () => [
    pick(random, FIELDS),
    drawAnything(random, depth - 1),
  ])
  return Object.fromEntries(fields)
}

/** Draws one of several values. */
export function pick<Item>(random: SeededRandom, items: readonly Item[]): Item {
  const item = items[random.below(items.length)]
  if (item === undefined) throw new RangeError('There is nothing to pick from.')
  return item
}

type Node = z.output<typeof nodeSchema>
const nodeSchema = z.object({
  type: z.union([z.string(), z.array(z.string())]).optional(),
  properties: z.record(z.string(), z.unknown()).optional(),
  required: z.array(z.string()).default([]),
  items: z.unknown().optional(),
  anyOf: z.array(z.unknown()).optional(),
  oneOf: z.array(z.unknown()).optional(),
  enum: z.array(z.union([z.string(), z.number()])).optional(),
  const: z.union([z.string(), z.number(), z.boolean()]).optional(),
})

const NUMBERS = [0, 1, 2, 10, 500, 100_000, -1, 1.5, 2 ** 31, 2 ** 53, 1e308, 1_764_000_000_000]
const SCALARS = [...NUMBERS, true, false, '', '[]', '{}']

const FIELDS =
  `0 1 amount cap cursor customer customerExternalId days email externalId input json key limit meter name password
  priceSlug procedure prompt properties quantity returnTo sentences subscription subscriptionId successUrl text transactionId
  usageDate usageMeterSlug organizationId __proto__ constructor toString`.split(/\s+/u)

/** Values that no honest caller sends, and a few words of the product. */
export const TEXTS: readonly string[] = [
  '',
  'a',
  'hello world',
  'api_calls',
  'ai_tokens',
  'image_generations',
  'pro_monthly',
  'images.generate',
  'a@example.com',
  '0',
  '-1',
  'NaN',
  '1e400',
  '\0',
  'a\0b',
  '\uD800',
  '\uDFFFx',
  '😀',
  '../../etc/passwd',
  "'; drop table x; --",
  '%00',
  '%',
  '%s%n',
  '\r\nX: y',
  'true',
  'null',
  '2026-11-28T00:00:00Z',
  '0000-00-00',
  'https://evil.example',
  '//evil',
  'javascript:1',
  'http://127.0.0.1:1/',
  'x'.repeat(600),
  'x'.repeat(5000),
  '00000000-0000-0000-0000-000000000000',
  '9'.repeat(40),
  '{"a":1}',
  '<script>1</script>',
  'İı\u202E',
  Buffer.from('["2026",1]').toString('base64url'),
  Buffer.from(String.raw`["1","x\u0000"]`).toString('base64url'),
]
