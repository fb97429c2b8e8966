import { defineComponent } from 'vue'

export const App = defineComponent({
  template: `
    <router-link to="/">Home</router-link>
    <router-link to="/profile">My profile</router-link>
    <button v-if="authState && authState.isAuthenticated" type="button" @click="logout">Sign out</button>
    <router-view />`,
  methods: {
    async logout() {
      await this.$auth.signOut()
    },
  },
})
