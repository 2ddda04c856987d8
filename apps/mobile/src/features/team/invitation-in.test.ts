import { expect, it } from 'vitest'
import { invitationIn } from './invitation-in.ts'

it.each([
  ['https://studio.example/join?invitation=inv_1', 'inv_1'],
  ['  tollgate://join?from=mail&invitation=inv_1\n', 'inv_1'],
  ['https://studio.example/join?invitation=', null],
  ['https://studio.example/join', null],
  ['inv_1', null],
  ['', null],
])('reads the invitation of the link %j', (link, invitation) => {
  expect(invitationIn(link)).toBe(invitation)
})
