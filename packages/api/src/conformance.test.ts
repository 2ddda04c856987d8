import { describeBilled } from '@tollgate/testing/conformance'
import { conformanceHarness } from './fixtures/conformance-harness.ts'
import { appRouter } from './router.ts'

describeBilled(appRouter, conformanceHarness(appRouter))
