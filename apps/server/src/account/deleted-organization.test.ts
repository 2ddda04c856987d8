import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { startTestServer } from '../../fixtures/start-test-server.ts'
import { actFor, addMember, makeTeam } from '../../fixtures/team.ts'

let server: Awaited<ReturnType<typeof startTestServer>>
beforeAll(async () => {
  server = await startTestServer()
}, 120_000)
afterAll(() => server.close())

it('leaves no member paying alone for what it began for the organization', async () => {
  const team = await makeTeam(server.url)
  const member = await addMember(server.url, team, 'member')
  await actFor(server.url, member, team.organizationId)
  const key = `op_${randomUUID()}`
  const paid = await member.call('tools.qrCode', { text: 'hello' }, key)
  expect(paid.status).toBe(200)

  await team.owner.call('account.delete', { understood: true })
  // The first response was lost, so the app retries.
  const again = await member.call('tools.qrCode', { text: 'hello' }, key)
  expect(again.status, again.text).toBe(403)
  expect(again.text).toContain('"needs":"membership"')
  // The owner who deleted it is switched to its own account.
  expect((await team.owner.read('billing.balance')).status).toBe(200)

  await actFor(server.url, member, null)
  expect((await member.read('billing.balance')).text).toContain('"meter":"api_calls"')
  expect((await member.read('billing.activity?input=%7B%7D')).text).toContain('"items":[]')
})
