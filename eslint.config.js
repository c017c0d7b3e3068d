// Only what the type checker does not see: it finds unknown names, this finds unused and careless ones.
export default [
  {
    files: ["explorer/assets/*.js"],
    rules: {
      "eqeqeq": "error",
      "no-cond-assign": "error",
      "no-duplicate-imports": "error",
      "no-fallthrough": "error",
      "no-redeclare": "error",
      "no-self-assign": "error",
      "no-unreachable": "error",
      "no-unused-vars": "error",
      "no-var": "error",
      "prefer-const": "error",
    },
  },
];
