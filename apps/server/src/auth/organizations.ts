import { organization } from 'better-auth/plugins'
import { newCustomerId } from './new-customer-id.ts'
import { accessControl, TEAM_ROLES } from './team-roles.ts'

const ORGANIZATIONS_PER_USER_MAX = 5
const MEMBERS_MAX = 100
const INVITATIONS_OPEN_MAX = 50
const INVITATION_KEPT_S = 7 * 24 * 60 * 60

/** Organizations, each a customer of its own with a balance that its members share. */
export function organizations() {
  return organization({
    ac: accessControl,
    roles: TEAM_ROLES,
    organizationLimit: ORGANIZATIONS_PER_USER_MAX,
    membershipLimit: MEMBERS_MAX,
    invitationLimit: INVITATIONS_OPEN_MAX,
    invitationExpiresIn: INVITATION_KEPT_S,
    // Accepting an invitation verifies no address: the inviter knows its id too, and could accept it on anyone's behalf.
    // A second invitation sends a new link and invalidates the first.
    cancelPendingInvitationsOnReInvite: true,
    // Its purchases would be left without an owner.
    disableOrganizationDeletion: true,
    schema: {
      organization: {
        modelName: 'auth_organization',
        additionalFields: {
          customerId: { type: 'string', input: false, required: false },
          billingEmail: { type: 'string', input: false, required: false },
        },
      },
      member: { modelName: 'auth_member' },
      invitation: { modelName: 'auth_invitation' },
    },
    organizationHooks: {
      async beforeCreateOrganization({ organization: { name }, user: { email } }) {
        const customerId = newCustomerId()
        // Of the caller's input, only the name is used.
        const nothing = { logo: undefined, metadata: undefined }
        return { data: { ...nothing, name, slug: customerId, customerId, billingEmail: email } }
      },
    },
  })
}
