import type { Attack } from './attack.ts'
import { BROWSER_ATTACKS } from './browser-attacks.ts'
import { CUSTOMER_ATTACKS } from './customer-attacks.ts'
import { NETWORK_ATTACKS } from './network-attacks.ts'
import { API_KEY_ATTACKS } from './api-key-attacks.ts'
import { OPERATOR_ATTACKS } from './operator-attacks.ts'
import { ACCOUNT_ATTACKS } from './account-attacks.ts'
import { TEAM_ATTACKS } from './team-attacks.ts'

/** Every attack the product is tested against. */
export const ATTACKS: readonly Attack[] = [
  ...CUSTOMER_ATTACKS,
  ...TEAM_ATTACKS,
  ...API_KEY_ATTACKS,
  ...OPERATOR_ATTACKS,
  ...ACCOUNT_ATTACKS,
  ...BROWSER_ATTACKS,
  ...NETWORK_ATTACKS,
]
