import type { UserClaims } from '@okta/okta-auth-js'
import { defineComponent } from 'vue'

export const Profile = defineComponent({
  data: () => ({ userInfo: undefined as UserClaims | undefined }),
  async created() {
    this.userInfo = await this.$auth.getUser()
  },
  methods: {
    async renew() {
      this.$auth.tokenManager.setTokens(await this.$auth.token.renewTokens())
    },
  },
  template: `
    <h1>Profile</h1>
    <p data-testid="name">{{ authState?.idToken?.claims.name }}</p>
    <p data-testid="userinfo-name">{{ userInfo?.name }}</p>
    <p data-testid="access-token">{{ authState?.accessToken?.accessToken }}</p>
    <button type="button" @click="renew">Renew</button>`,
})
