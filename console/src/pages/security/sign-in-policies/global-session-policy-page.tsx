import { Page } from '../../../ui/page.tsx'
import { PolicyGuide } from './policy-guide.tsx'
import type { PolicyKind } from './policy-kind.ts'
import { PolicyList } from './policy-list.tsx'
import { SignOnPolicyForm } from './sign-on-policy-form.tsx'
import { SignOnRuleForm } from './sign-on-rule-form.tsx'
import { signOnWords } from './sign-on-words.ts'

const SIGN_ON: PolicyKind = {
  type: 'OKTA_SIGN_ON',
  intro:
    'The first active policy that names a group of the person decides, by its first active rule that fits. The default policy decides for everybody else.',
  addLabel: 'Add policy',
  PolicyForm: SignOnPolicyForm,
  RuleForm: SignOnRuleForm,
  ruleWords: (who, { actions }) => signOnWords(who, actions.signon),
}

export function GlobalSessionPolicyPage() {
  return (
    <Page
      title="Global session policy"
      description={
        <>
          Who may sign in to the org at all, with what, and how long they stay signed in. It comes before what an app
          asks for. <PolicyGuide />
        </>
      }
    >
      <PolicyList kind={SIGN_ON} />
    </Page>
  )
}
