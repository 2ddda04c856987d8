import { visitImports } from '../visit-imports.js'

const SERVER =
  /^@tollgate\/(api|metering|database|ledger|flowglad|server|billing)(\/|$)|packages\/(api|metering|database|ledger|flowglad)\//

/** Code for browsers and phones may only import types from the server. */
export const typesOnlyFromServer = {
  create(context) {
    return visitImports((node, source, onlyTypes) => {
      if (onlyTypes || !SERVER.test(source)) return
      context.report({
        node,
        message:
          `"${source}" is server code and would be shipped to every browser and phone. Write \`import type\`; values that both ` +
          'sides need live in @tollgate/contract. Guide: errors#types-only-from-server',
      })
    })
  },
}
