import type { Formats } from './formats.ts'

/** Organizations: who is in them, who may do what, and what members ask for. */
export const enTeam = {
  team: {
    title: 'Team',
    lead: 'A team shares one balance. You keep your own account beside it.',
    guest:
      'A team needs people who can sign in again. Create an account first; what you have stays with you.',
    actFor: 'Act for',
    own: (name: string) => `${name} (own account)`,
    switching: 'Switching…',
    switched: {
      title: (name: string) => `You act for ${name} in another window`,
      text: (name: string) =>
        `This window still shows ${name}, and nothing is charged from here. What you typed stays when you switch.`,
      follow: 'Switch this window too',
    },
    noAnswer: 'The server does not answer. It is asked again until it does.',
    open: 'Members and requests',
    reading: 'Reading the team…',
    unread: 'The team could not be read.',
    manage: 'Manage teams',
    none: 'You are in no team yet.',
    create: 'Create a team',
    createHint: 'It starts on the free plan, with a balance of its own.',
    name: 'Name of the team',
    members: 'Members',
    you: 'you',
    role: (name: string) => `Role of ${name}`,
    roles: { owner: 'Owner', billing: 'Billing', member: 'Member', viewer: 'Viewer' },
    roleHints: {
      owner: 'Can do everything',
      billing: 'Can spend, buy and see invoices',
      member: 'Can spend',
      viewer: 'Can only look',
    },
    remove: 'Remove',
    removeNamed: (name: string) => `Remove ${name}`,
    removeTitle: (name: string) => `Remove ${name} from the team?`,
    removeText:
      'They lose access at once, on every device. The team pays for what is still running.',
    leave: 'Leave the team',
    leaveTitle: 'Leave this team?',
    leaveText: 'You lose access at once. An owner can invite you again.',
    stay: 'Stay',
    keep: 'Keep',
    invite: 'Invite someone',
    inviteHint: 'A person joins by the link and an account of this address. It works for 7 days.',
    email: 'Email',
    roleOfInvited: 'Role',
    makeLink: 'Create the link',
    invitations: 'Open invitations',
    invited: (f: Formats, role: string, iso: string) => `${role}, until ${f.date(iso)}`,
    copyLink: 'Copy the link',
    revoke: 'Revoke',
    revokeNamed: (email: string) => `Revoke the invitation of ${email}`,
    requests: 'Requests',
    noRequests: 'No open requests.',
    asksFor: (who: string, meter: string | null) =>
      meter === null ? `${who} asks you to buy credits` : `${who} asks you to buy ${meter}`,
    someone: 'A former member',
    done: 'Done',
    doneNamed: (who: string) => `Mark the request of ${who} as done`,
    join: {
      title: 'Join a team',
      text: (team: string, role: string) => `${team} invites you as: ${role}.`,
      accept: (team: string) => `Join ${team}`,
      decline: 'Decline',
      declined: 'You declined this invitation.',
      link: 'Link of an invitation',
      linkHint: 'Paste the link that you were sent.',
      noLink: 'That is not the link of an invitation.',
      open: 'Open the invitation',
      invalid: 'This invitation is for another address, has expired or was revoked.',
      signedInAs: (email: string) => `You are signed in as ${email}.`,
      guest: 'Create an account with the address that was invited, or sign in to it.',
    },
    former: 'Continue with your own account',
    error: (code: string | null): string =>
      (code === null ? null : TEAM_ERRORS[code]) ?? 'That did not work. Please try again.',
  },
}

/** By the server's error code; every other code gets the generic message. */
const TEAM_ERRORS: Partial<Record<string, string>> = {
  YOU_CANNOT_LEAVE_THE_ORGANIZATION_AS_THE_ONLY_OWNER:
    'A team needs an owner. Make someone else an owner first.',
  YOU_CANNOT_LEAVE_THE_ORGANIZATION_WITHOUT_AN_OWNER:
    'A team needs an owner. Make someone else an owner first.',
  USER_IS_ALREADY_A_MEMBER_OF_THIS_ORGANIZATION: 'This address belongs to a member already.',
  YOU_HAVE_REACHED_THE_MAXIMUM_NUMBER_OF_ORGANIZATIONS: 'You are in five teams, which is the most.',
  INVITATION_LIMIT_REACHED: 'There are too many open invitations. Revoke one first.',
  ORGANIZATION_MEMBERSHIP_LIMIT_REACHED: 'This team is full.',
  INVALID_EMAIL: 'That is not a valid email address.',
  TOO_MANY_REQUESTS: 'Too many attempts. Please wait a moment.',
}
