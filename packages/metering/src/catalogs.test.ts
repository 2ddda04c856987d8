import { defineCatalog } from '@tollgate/contract'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createFakeBackend } from '@tollgate/testing/fake-backend'
import {
  createMeteringFixture,
  imageCall,
  type MeteringFixture,
  newCustomer,
} from './fixtures/metering-fixture.ts'
import type { Metering } from './metering.ts'

const studio = defineCatalog({
  meters: { renders: { name: 'Renders', unit: 'render', units: 'renders' } },
  features: { hd: { name: 'HD' } },
})

let fixture: MeteringFixture
let metering: Metering
beforeAll(async () => {
  fixture = await createMeteringFixture()
  const backend = createFakeBackend({ catalog: studio, welcome: { renders: 3 } })
  metering = fixture.another({}, { backend, catalog: studio })
})
afterAll(() => fixture.drop())

describe('two catalogs in one program', () => {
  it('each bill their own meters', async () => {
    const [drawing, rendering] = [newCustomer(), newCustomer()]
    await fixture.metering.run(imageCall(drawing), async () => 'a picture')
    const charges = [{ meter: 'renders', hold: 2 }]
    await metering.run(imageCall(rendering, { charges }), async () => 'a film')
    expect(await metering.balances(rendering)).toMatchObject([
      { meter: 'renders', unit: 'render', granted: 3, used: 2, remaining: 1 },
    ])
    const meters = (await fixture.metering.balances(drawing)).map(({ meter }) => meter)
    expect(meters).toContain('image_generations')
    expect(meters).not.toContain('renders')
  })

  it('each refuse the meters of the other', async () => {
    await expect(metering.run(imageCall(newCustomer()), async () => 1)).rejects.toMatchObject({
      code: 'COST_INVALID',
    })
    const charges = [{ meter: 'renders', hold: 1 }]
    const foreign = fixture.metering.run(imageCall(newCustomer(), { charges }), async () => 1)
    await expect(foreign).rejects.toMatchObject({ code: 'COST_INVALID' })
  })
})
