import { Text } from '@mantine/core'
import { EnrollmentPolicyForm } from './enrollment-policy-form.tsx'
import { EnrollmentRuleForm } from './enrollment-rule-form.tsx'
import { enrollmentToForm } from './enrollment-values.ts'
import { enrollmentWords, promptWords } from './enrollment-words.ts'
import type { PolicyKind } from './policy-kind.ts'
import { PolicyList } from './policy-list.tsx'

const ENROLLMENT: PolicyKind = {
  type: 'MFA_ENROLL',
  intro:
    'What people must, may and may not set up beside the password: by the first active policy that names a group of the person and of which a rule fits.',
  addLabel: 'Add policy',
  PolicyForm: EnrollmentPolicyForm,
  RuleForm: EnrollmentRuleForm,
  about: (policy) => <Text size="sm">{enrollmentWords('A person', enrollmentToForm(policy))}</Text>,
  ruleWords: (who, { actions }) => promptWords(who, actions.enroll?.self ?? 'NEVER'),
}

export const EnrollmentPoliciesTab = () => <PolicyList kind={ENROLLMENT} />
