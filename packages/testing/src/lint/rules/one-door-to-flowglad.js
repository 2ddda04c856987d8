import { visitImports } from '../visit-imports.js'

/** Only the server's flowglad.server.ts may load Flowglad's SDK, by any means. */
export const oneDoorToFlowglad = {
  create(context) {
    return visitImports((node, source) => {
      if (!source.startsWith('@flowglad/')) return
      context.report({
        node,
        message:
          `"${source}" is loaded in apps/server/src/flowglad.server.ts and nowhere else. Take the BillingBackend port from ` +
          '@tollgate/contract; that file opens it. Guide: errors#one-door-to-flowglad',
      })
    })
  },
}
