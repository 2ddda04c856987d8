import type { Attack } from './attack.ts'

const MEMBERS = 'apps/server/faults/attack/team-members.test.ts'
const LIMITS = 'packages/api/src/limits/limits.test.ts'
const TEAMS = 'apps/server/e2e/teams.test.ts'
const DELETED = 'apps/server/src/account/deleted-organization.test.ts'
const REMOVED = 'apps/server/e2e/removed-members.test.ts'

/** Attacks by a member of an organization, a former member or a stranger. */
export const TEAM_ATTACKS: readonly Attack[] = [
  {
    id: 'A56',
    attack: 'a member calls what its role may not: a purchase, a cap, a billed call',
    expected: '403, for every role and every procedure',
    tests: [`${MEMBERS} › is let call $path only if that role may`],
  },
  {
    id: 'A57',
    attack: 'a stranger acts for an organization whose id it knows',
    expected: 'refused, and nothing read',
    tests: [
      `${MEMBERS} › is refused at $path, whatever it names`,
      `${MEMBERS} › reads nothing from %s`,
    ],
  },
  {
    id: 'A58',
    attack: 'a removed member goes on by an open stream, another process or its phone',
    expected: '403 from its next call on, and every stream ends',
    tests: [
      `${REMOVED} › is refused by every process at once, on all of its devices`,
      `${REMOVED} › has its open streams ended at once in every process`,
    ],
  },
  {
    id: 'A59',
    attack:
      'a member makes itself an owner, by its role or by the link of an invitation that is open',
    expected: 'refused; links are shown to owners alone',
    tests: [
      `${MEMBERS} › gives no one a role, and removes no one`,
      `${MEMBERS} › does not find the links of open invitations`,
      `${MEMBERS} › is given no role that is none of ours: %j`,
    ],
  },
  {
    id: 'A60',
    attack: 'an organization is made with the customer of another',
    expected: 'only its name is taken',
    tests: [`${MEMBERS} › an organization is made with nothing but a name, whatever else is sent`],
  },
  {
    id: 'A66',
    attack: 'a member or a program raises its own limit, or reads those of others',
    expected: '403; a member sees its own alone',
    tests: [
      `${LIMITS} › are changed by no one in the role %s`,
      `${LIMITS} › are seen in the role %s as far as they are its own`,
      `${LIMITS} › are closed to the programs that they bound`,
    ],
  },
  {
    id: 'A79',
    attack:
      'a window that shows one account spends or buys from another, to which a second window has switched',
    expected: '409, and neither account is charged or changed',
    tests: [
      `${TEAMS} › spends, buys and changes nothing: $way`,
      `${TEAMS} › reads nothing of the person who has signed in since either`,
    ],
  },
  {
    id: 'A82',
    attack: 'a former owner comes back by an invitation that it sent while it was one',
    expected: 'its open invitations end with its ownership',
    tests: [`${MEMBERS} › the invitations of an owner who %s let no one in any more`],
  },
  {
    id: 'A83',
    attack: 'an owner deletes its organization under members who call for it, so that they pay',
    expected: '403 until they choose to act for themselves',
    tests: [`${DELETED} › leaves no member paying alone for what it began for the organization`],
  },
]
