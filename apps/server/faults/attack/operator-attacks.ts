import type { Attack } from './attack.ts'

const OPERATORS = 'apps/server/faults/attack/operators.test.ts'

/** Attacks on what only operators may see or change. */
export const OPERATOR_ATTACKS: readonly Attack[] = [
  {
    id: 'A70',
    attack:
      'a visitor, guest, customer, owner of an organization or API key calls what operators call',
    expected: '401 or 403 for every procedure of the router, and nothing is changed',
    tests: [`${OPERATORS} › is refused to $who, whichever procedure it calls`],
  },
  {
    id: 'A71',
    attack: 'an account makes itself an operator, or an operator’s role outlives its removal',
    expected:
      'the server’s own database role cannot write who is one; removal ends sessions and the role at once',
    tests: [
      `${OPERATORS} › cannot be made by the server: its database roles may read who is one, and nothing else`,
      `${OPERATORS} › who is removed is refused at once, with the session it had and with a new one`,
    ],
  },
  {
    id: 'A72',
    attack: 'an operator’s forgotten session, unconfirmed account or another site’s page is used',
    expected: '401 eight hours after signing in, 403 without confirmation or from another origin',
    tests: [
      `${OPERATORS} › who signed in more than eight hours ago is asked to sign in again`,
      `${OPERATORS} › whose address was never confirmed is refused`,
      `${OPERATORS} › is not called from another origin`,
    ],
  },
  {
    id: 'A73',
    attack: 'an operator covers up a change, or makes one without a reason',
    expected: 'the record is append-only for the server’s role and for the owner of the table',
    tests: [
      `${OPERATORS} › changes nothing without a reason`,
      `${OPERATORS} › cannot be made to look otherwise: the server’s role may add to the record, and nothing else`,
      'packages/metering/src/admin/admin.test.ts › stays as it was recorded: %s is refused, even to the owner of the table',
    ],
  },
]
