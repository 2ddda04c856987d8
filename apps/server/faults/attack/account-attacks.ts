import type { Attack } from './attack.ts'

const ACCOUNT = 'apps/server/src/account/account.test.ts'

/** What is tried to get at another's data by exporting it, or to have it deleted. */
export const ACCOUNT_ATTACKS: readonly Attack[] = [
  {
    id: 'A74',
    attack: 'the data of another customer is exported, without a session or with an API key',
    expected: 'the own data, 401 or 404',
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
]
