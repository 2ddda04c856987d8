import { visitImports } from '../visit-imports.js'

const TEST_CODE = /(^|\/)(e2e|faults|fixtures|conformance|examples)\/|\.(test|e2e|faults)\.tsx?$/

/** Shipped code must not depend on what only tests and development use. */
export const noTestCode = {
  create(context) {
    return visitImports((node, source) => {
      if (!source.startsWith('.') || !TEST_CODE.test(source)) return
      context.report({
        node,
        message:
          `"${source}" is code of tests, and this file ships. Move what both need into the package's src. ` +
          'Guide: errors#no-test-code',
      })
    })
  },
}
