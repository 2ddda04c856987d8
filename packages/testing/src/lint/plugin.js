import { derivedTransactionId } from './rules/derived-transaction-id.js'
import { everyMutationHasAPrice } from './rules/every-mutation-has-a-price.js'
import { noOwnUsageEvent } from './rules/no-own-usage-event.js'
import { noTestCode } from './rules/no-test-code.js'
import { oneDoorToFlowglad } from './rules/one-door-to-flowglad.js'
import { plainWords } from './rules/plain-words.js'
import { priceFromServer } from './rules/price-from-server.js'
import { typesOnlyFromServer } from './rules/types-only-from-server.js'

/** Our own lint rules; oxlint loads them by path and wants a default export. Each message names the fix. */
export default {
  meta: { name: 'tollgate' },
  rules: {
    'derived-transaction-id': derivedTransactionId,
    'every-mutation-has-a-price': everyMutationHasAPrice,
    'no-own-usage-event': noOwnUsageEvent,
    'no-test-code': noTestCode,
    'one-door-to-flowglad': oneDoorToFlowglad,
    'plain-words': plainWords,
    'price-from-server': priceFromServer,
    'types-only-from-server': typesOnlyFromServer,
  },
}
