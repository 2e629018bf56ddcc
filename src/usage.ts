// What `kentongan help` says: every command with its options, as cli.ts reads them.

export const USAGE = `kentongan [command]

  start                                   run the gateway (the same as no command)
  chat [--as sms|whatsapp|telegram] [--from NUMBER] [--officer [--role ROLE] [--agency ID] [--name NAME]]
                                          the whole gateway, with this terminal as one more channel;
                                          --officer: as somebody who acts on complaints
  invite --role officer|head|coordinator|overseer [--agency ID] [--name NAME]
                                          a code for somebody who acts on complaints (agency for officer
                                          and head); fine beside a running gateway
  check                                   are settings, configuration, database and providers in order?
                                          sends and changes nothing; fine beside a running gateway
  templates [--json]                      the templates of WhatsApp to submit to Meta, readable, or as the
                                          bodies its Graph API takes, one a line
  backup FILE                             copy the SQLite database while it runs (never the key)
  restore FILE [--yes] [--resend]         put a copy back; the gateway must be stopped. What waited to be
                                          sent in the copy is not sent, but with --resend
  export [--since DATE] [--until DATE] [--format csv|jsonl]
                                          complaints without identities, filed on these days (2026-11-25,
                                          both included), to standard output
  replay [--stuck]                        decide stuck messages again after a fix
                                          (with SQLite the gateway must be stopped)
  retain [--dry-run]                      apply the retention rules now, or only count
  understand [FILE.jsonl] [--predict]     what the bot reads in each message, and why
                                          (without FILE: lines from standard input)

Ends with 0 when all is well, else with 1 and the reasons.
`
