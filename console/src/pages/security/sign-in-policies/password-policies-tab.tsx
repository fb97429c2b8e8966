import { Text } from '@mantine/core'
import { PasswordPolicyForm } from './password-policy-form.tsx'
import { PasswordRuleForm } from './password-rule-form.tsx'
import { passwordToForm } from './password-values.ts'
import { passwordRuleWords, passwordWords } from './password-words.ts'
import type { PolicyKind } from './policy-kind.ts'
import { PolicyList } from './policy-list.tsx'

const PASSWORD: PolicyKind = {
  type: 'PASSWORD',
  intro:
    'What a password must be, how long it lasts and what wrong ones lead to: by the first active policy that names a group of the person and of which a rule fits.',
  addLabel: 'Add policy',
  PolicyForm: PasswordPolicyForm,
  RuleForm: PasswordRuleForm,
  about: (policy) => <Text size="sm">{passwordWords(passwordToForm(policy))}</Text>,
  ruleWords: passwordRuleWords,
}

export const PasswordPoliciesTab = () => <PolicyList kind={PASSWORD} />
