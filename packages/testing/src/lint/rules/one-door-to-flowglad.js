import { visitImports } from '../visit-imports.js'

/** Only packages/flowglad loads Flowglad's SDK, in whatever way. */
export const oneDoorToFlowglad = {
  create(context) {
    return visitImports((node, source) => {
      if (!source.startsWith('@flowglad/')) return
      context.report({
        node,
        message:
          `"${source}" is loaded in packages/flowglad and nowhere else. Take the BillingBackend port from @tollgate/contract; ` +
          'createFlowgladBackend of @tollgate/flowglad implements it. Guide: errors#one-door-to-flowglad',
      })
    })
  },
}
