import { nameOf } from '../name-of.js'

const EVENT_MAKERS = new Set(['createUsageEvent', 'bulkCreateUsageEvents'])

/** Usage events are created by settling an operation, never directly. */
export const noOwnUsageEvent = {
  create(context) {
    return {
      CallExpression(node) {
        const name = nameOf(node.callee)
        if (!EVENT_MAKERS.has(name)) return
        context.report({
          node,
          message:
            `${name}() by hand charges without a hold, twice on a retry, and past the balance. Declare the cost with ` +
            'billedProcedure({ meter, amount, example }); settling records the event. Guide: errors#no-own-usage-event',
        })
      },
    }
  },
}
