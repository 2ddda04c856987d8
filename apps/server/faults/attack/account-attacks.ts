import type { Attack } from './attack.ts'

const ACCOUNT = 'apps/server/src/account/account.test.ts'
const VERIFICATION = 'apps/server/e2e/verify-email.test.ts'

/** Attacks that export or delete another customer's data, or use another person's address. */
export const ACCOUNT_ATTACKS: readonly Attack[] = [
  {
    id: 'A74',
    attack: 'the data of another customer is exported, without a session or with an API key',
    expected: 'own data, 401 or 404',
    tests: [`${ACCOUNT} › has nothing of anyone else, and is not for a stranger or a program`],
  },
  {
    id: 'A75',
    attack: 'the account of another customer is deleted by naming it',
    expected: 'the account of the session is meant, whatever the input names',
    tests: [`${ACCOUNT} › of someone else is not possible`],
  },
  {
    id: 'A76',
    attack:
      'who signs up with the address of a deleted account takes its credits or operations over',
    expected: 'a new customer that knows of neither',
    tests: [
      `${ACCOUNT} › leaves nothing of the person in any table, and its operations as they were`,
    ],
  },
  {
    id: 'A77',
    attack:
      'who signs up with the address of another has it verified by its owner, a forged link or a foreign page, or floods it',
    expected:
      'a link verifies only in a session of its account, which gets five mails a day; nothing else is sent to the address',
    tests: [
      `${VERIFICATION} › of an account that someone registered with the address of another verifies nothing when the other opens it`,
      `${VERIFICATION} › that has expired or is forged is refused`,
      `${VERIFICATION} › leads to our own page, and no answer leads to a foreign one`,
      `${VERIFICATION} › is sent a few times a day, only to the address of the account, and never to a guest`,
      'apps/server/faults/attack/team-members.test.ts › an address is not flooded with invitations: it gets five a day from one person',
      'apps/server/faults/attack/team-members.test.ts › an address is not flooded with invitations by many accounts: it gets fifteen a day from all of them',
      'apps/server/src/alerts/alert-deliveries.test.ts › is not sent to an address that was not verified',
    ],
  },
  {
    id: 'A78',
    attack:
      'a stream that was opened with a session or an API key is read on after that was signed out, revoked, deleted or has expired',
    expected: 'it ends at that moment in every process, and the next is refused with 401',
    tests: [
      'apps/server/e2e/sessions.test.ts › of a session that $way ends at once in every process',
      'apps/server/e2e/revoked-keys.test.ts › has its open streams ended at once in every process',
      'apps/server/e2e/revoked-keys.test.ts › has its open streams ended at that moment in every process',
      'apps/server/e2e/runs.test.ts › is refused outside of its procedures and meters',
    ],
  },
]
