import { expect, it } from 'vitest'
import { describeRequest } from './describe-request.ts'
import { enBalance } from './en-balance.ts'
import { enLimits } from './en-limits.ts'
import { enRefusals } from './en-refusals.ts'
import { enTeam } from './en-team.ts'

const t = { ...enBalance, ...enRefusals, ...enTeam, ...enLimits }
const images = 'image_generations'
const ada = { name: 'Ada' }

it.each([
  [{ kind: 'raise_limit', member: ada, meter: images }, 'Ada asks you to raise their limit: '],
  [{ kind: 'purchase', member: ada, meter: images }, 'Ada asks you to buy '],
  [{ kind: 'purchase', member: null, meter: null }, 'A former member asks you to buy credits'],
])('a request of %j says who asks and for what', (request, text) => {
  const named = request.meter === null ? '' : t.meter.name(request.meter)
  expect(describeRequest(request, t).text).toBe(`${text}${named}`)
})
