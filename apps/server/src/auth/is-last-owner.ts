/** Whether the database refused a change because it would leave an organization without an owner; see `auth_member_keeps_owner`. */
export function isLastOwner(error: unknown): boolean {
  return error instanceof Error && error.message === 'an organization keeps an owner'
}
