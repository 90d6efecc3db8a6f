#include "client/cli/examples.h"

#include <map>

#include "client/cli/catalogue.h"

namespace kirikae::cli {
namespace {

using Examples = std::map<std::string, std::vector<Example>>;

void AddProgram(Examples& all) {
  all[""] = {{"kirikae login kirikae.example:50051", Tr("once: where the service is, who you are")},
             {"kirikae due", Tr("what is to be done today")},
             {"kirikae mark migrated TSM-00123", Tr("say that it is done")},
             {"kirikae lookup ワタナベ", Tr("what a caller's device is set to")},
             {"kirikae doctor", Tr("when nothing works")}};
  all["help"] = {{"kirikae help mark failed", Tr("the help of a command")},
                 {"kirikae help --man plan | man -l -", Tr("the same as a man page")}};
  all["version"] = {{"kirikae version", ""}};
  all["doctor"] = {{"kirikae doctor", Tr("the connection, part by part, and what to do")},
                   {"kirikae doctor -o json", ""}};
  all["completion"] = {
      {"source <(kirikae completion bash)", Tr("in this shell; for all: put it into ~/.bashrc")},
      {"kirikae completion zsh > ~/.zfunc/_kirikae", ""},
      {"kirikae completion fish > ~/.config/fish/completions/kirikae.fish", ""}};
  all["login"] = {{"kirikae login kirikae.example:50051 --ca ca.crt", Tr("asks for the token")},
                  {"kirikae login kirikae.example:50051 < token.txt", ""},
                  {"kirikae login unix:/run/kirikae/kirikae.sock --name test", ""}};
  all["logout"] = {{"kirikae logout", Tr("forgets the token, keeps the address")}};
  all["context"] = {{"kirikae context list", ""}, {"kirikae context use test", ""}};
  all["context list"] = {{"kirikae context list", ""}};
  all["context show"] = {{"kirikae context show", ""}, {"kirikae context show test", ""}};
  all["context use"] = {{"kirikae context use test", ""}};
  all["context set"] = {{"kirikae context set test --server kirikae.example:50051 --ca ca.crt",
                         Tr("without asking the service")}};
  all["context delete"] = {{"kirikae context delete test", ""}};
}

void AddDay(Examples& all) {
  all["lookup"] = {{"kirikae lookup ワタナベ", Tr("a name or its kana")},
                   {"kirikae lookup 00123", Tr("the last digits of a tag")},
                   {"kirikae lookup 総務課", Tr("a department")},
                   {"kirikae lookup", Tr("one question after another")}};
  all["due"] = {{"kirikae due", ""},
                {"kirikae due --team a --site 本庁舎", ""},
                {"kirikae due --watch", Tr("kept on the screen while the work goes on")},
                {"kirikae due -o name | kirikae mark migrated -", Tr("all of them are done")}};
  all["mark"] = {{"kirikae mark migrated TSM-00123 TSM-00124", ""},
                 {"kirikae mark failed TSM-00021 --cause CAMERA_FAULT", ""},
                 {"kirikae mark migrated --scan", Tr("from a barcode reader")}};
  all["mark migrated"] = {{"kirikae mark migrated TSM-00123 TSM-00124", ""},
                          {"kirikae mark migrated TSM-00123 --when 15:00", ""},
                          {"kirikae mark migrated --file tags.txt", ""},
                          {"kirikae mark migrated --scan", Tr("from a barcode reader")}};
  all["mark failed"] = {{"kirikae mark failed TSM-00021 --cause CAMERA_FAULT", ""}};
  all["mark verified"] = {{"kirikae mark verified TSM-00021", ""}};
  all["mark rolled-back"] = {{"kirikae mark rolled-back TSM-00021 --reason カメラ故障", ""}};
  all["mark deferred"] = {{"kirikae mark deferred TSM-00021 --until 2025-06-02", ""}};
  all["mark exempt"] = {{"kirikae mark exempt TSM-00021 --reason 本人の申し出", ""},
                        {"kirikae mark exempt TSM-00021 --lift --reason 同意", ""}};
}

void AddInventory(Examples& all) {
  all["device"] = {{"kirikae device show TSM-00123", ""},
                   {"kirikae device list --filter 'department : \"総務部\"'", ""}};
  all["device list"] = {{"kirikae device list --filter 'kind = MANAGER_TERMINAL'", ""},
                        {"kirikae device list --filter 'department : \"総務部\"' -o csv", ""},
                        {"kirikae device list --order-by 'host_name desc'", ""}};
  all["device show"] = {{"kirikae device show TSM-00123", ""},
                        {"kirikae device show TSM-00123 --as-of 2025-04-06", Tr("as it was then")}};
  all["device history"] = {{"kirikae device history TSM-00123", ""}};
  all["device update"] = {
      {"kirikae device update TSM-00123 --set note=点検済", ""},
      {"kirikae device update --filter 'kind = MANAGER_TERMINAL' --set note=点検済 --dry-run",
       Tr("how many it would be")}};
  all["device create"] = {{"kirikae device create TSM-09001 --set host_name=TSMPC09001", ""}};
  all["device correct-method"] = {
      {"kirikae device correct-method TSM-00001 --method IC_CARD_AND_PASSWORD --reason 誤記", ""}};
  all["device retire"] = {{"kirikae device retire TSM-00123 --reason 廃棄", ""}};
  all["device restore"] = {{"kirikae device restore TSM-00123 --reason 再使用", ""}};
  all["exception"] = {
      {"kirikae exception grant TSM-00001 --method FACE_AND_IC_CARD --until "
       "2025-04-10 --reason 修理中",
       ""}};
  all["exception grant"] = all["exception"];
  all["exception end"] = {{"kirikae exception end TSM-00001", ""}};
  all["staff"] = {{"kirikae staff show 0100123", ""}};
  all["staff list"] = {{"kirikae staff list --filter 'role = PROMOTION_OFFICER'", ""}};
  all["staff show"] = {{"kirikae staff show 0100123", ""}};
  all["staff update"] = {{"kirikae staff update 0100123 --set consent_withheld=本人の申し出", ""}};
  all["staff history"] = {{"kirikae staff history 0100123", ""}};
  all["import"] = {{"kirikae import devices devices.csv", Tr("a preview; nothing is written")},
                   {"kirikae import devices devices.csv --apply", ""}};
  all["import devices"] = {
      {"kirikae import devices devices.csv", Tr("a preview; nothing is written")},
      {"kirikae import devices devices.xlsx --sheet 端末一覧 --apply", ""},
      {"kirikae import devices devices.csv --retire-missing", ""}};
  all["import staff"] = {{"kirikae import staff staff.tsv --apply", ""}};
  all["import enrolments"] = {{"kirikae import enrolments enrolments.csv --apply", ""}};
  all["import show"] = {{"kirikae import show 12", ""}};
  all["import apply"] = {{"kirikae import apply 12", ""}};
  all["import profile"] = {{"kirikae import profile list", ""}};
  all["import profile list"] = {{"kirikae import profile list", ""}};
  all["import profile show"] = {{"kirikae import profile show ward", ""}};
  all["import profile save"] = {{"kirikae import profile save own.yaml", ""}};
  all["import profile delete"] = {{"kirikae import profile delete own", ""}};
  all["export"] = {{"kirikae export devices -f xlsx --to devices.xlsx", ""}};
  all["export devices"] = {{"kirikae export devices -f xlsx --to devices.xlsx", ""},
                           {"kirikae export devices -f csv --to - | head", ""}};
}

void AddRollouts(Examples& all) {
  all["rollout"] = {{"kirikae rollout explain", Tr("every key of the rollout file")},
                    {"kirikae rollout apply -f rollout.yaml", ""},
                    {"kirikae rollout progress", ""}};
  all["rollout explain"] = {{"kirikae rollout explain", Tr("every key of the rollout file")},
                            {"kirikae rollout explain phases.gate", ""},
                            {"kirikae rollout explain policy.visit_minutes", ""}};
  all["rollout apply"] = {{"kirikae rollout apply -f rollout.yaml", ""},
                          {"kirikae rollout apply -f rollout.yaml --dry-run", ""}};
  all["rollout list"] = {{"kirikae rollout list", ""}};
  all["rollout show"] = {{"kirikae rollout show", ""}};
  all["rollout propose"] = {{"kirikae rollout propose -f rollout.yaml --reason 試行の結果", ""}};
  all["rollout proposals"] = {{"kirikae rollout proposals", ""}};
  all["rollout proposal"] = {{"kirikae rollout proposal", Tr("the newest")}};
  all["rollout accept"] = {{"kirikae rollout accept --remark 了承", ""}};
  all["rollout decline"] = {{"kirikae rollout decline --remark 再検討", ""}};
  all["rollout start"] = {{"kirikae rollout start", ""}};
  all["rollout pause"] = {{"kirikae rollout pause --let-running-waves-finish --reason お盆", ""}};
  all["rollout resume"] = {{"kirikae rollout resume", ""}};
  all["rollout cancel"] = {{"kirikae rollout cancel --reason 方針変更", ""}};
  all["rollout progress"] = {{"kirikae rollout progress", ""}};
  all["rollout report"] = {{"kirikae rollout report --to report.html", ""}};
  all["rollout watch"] = {{"kirikae rollout watch", Tr("ends with Ctrl-C")},
                          {"kirikae rollout watch -o jsonl", ""}};
  all["rollout forecast"] = {{"kirikae rollout forecast", ""}};
  all["readiness"] = {{"kirikae readiness list", ""}};
  all["readiness list"] = {{"kirikae readiness list", ""},
                           {"kirikae readiness list --department 総務部 -o csv", ""}};
  all["phase"] = {{"kirikae phase list", ""}};
  all["phase list"] = {{"kirikae phase list", ""}};
  all["phase show"] = {{"kirikae phase show pilot", ""}};
  all["phase hold"] = {{"kirikae phase hold pilot --reason 障害調査", ""}};
  all["phase release"] = {{"kirikae phase release pilot --remark 案のとおり承認", ""}};
  all["wave"] = {{"kirikae wave list", ""}};
  all["wave list"] = {{"kirikae wave list", ""}};
  all["wave show"] = {{"kirikae wave show 3", ""},
                      {"kirikae wave show 3 -o name", Tr("only the tags")}};
  all["wave start"] = {{"kirikae wave start 3", ""}};
  all["wave finish"] = {{"kirikae wave finish 3 --return-open", ""}};
  all["calendar"] = {{"kirikae calendar list --from tomorrow", ""}};
  all["calendar import"] = {{"kirikae calendar import syukujitsu.csv", ""}};
  all["calendar list"] = {{"kirikae calendar list --from 6/1 --to 6/30", ""}};
  all["calendar set"] = {{"kirikae calendar set 2025-08-12 --closed --reason 停電", ""}};
}

void AddPlans(Examples& all) {
  all["plan"] = {{"kirikae plan create", ""}, {"kirikae plan show", ""}};
  all["plan create"] = {{"kirikae plan create", ""},
                        {"kirikae plan create --first-day 2025-05-01", ""},
                        {"kirikae plan create --confidence 90%", ""}};
  all["plan list"] = {{"kirikae plan list", ""}};
  all["plan show"] = {{"kirikae plan show", Tr("the newest")}, {"kirikae plan show 2", ""}};
  all["plan blocked"] = {{"kirikae plan blocked", Tr("the newest")}};
  all["plan left"] = {{"kirikae plan left 2", ""}, {"kirikae plan left 2 --all", ""}};
  all["plan conditional"] = {{"kirikae plan conditional", Tr("the newest")}};
  all["plan submit"] = {{"kirikae plan submit", ""}};
  all["plan approve"] = {{"kirikae plan approve 2 --remark 案のとおり承認", ""}};
  all["plan reject"] = {{"kirikae plan reject 2 --remark 再検討", ""}};
  all["plan explain"] = {{"kirikae plan explain TSM-00021", ""}};
  all["plan compare"] = {{"kirikae plan compare 1 2", ""}};
  all["plan what-if"] = {{"kirikae plan what-if --phase-delay managers=10 --share 0.5", ""},
                         {"kirikae plan what-if --team-minutes a=60", ""}};
  all["plan export"] = {{"kirikae plan export -f ics --to plan.ics", ""}};
  all["plan solve"] = {{"kirikae plan solve problem.json --time-limit 2s", ""}};
}

void AddRecord(Examples& all) {
  all["change"] = {{"kirikae change list --day today", ""}};
  all["change list"] = {{"kirikae change list --day today", ""},
                        {"kirikae change list --record TSM-00123", ""},
                        {"kirikae change list --since 2025-04-01 --until 2025-04-07", ""}};
  all["change show"] = {{"kirikae change show 42", ""}};
  all["change undo"] = {{"kirikae change undo last", Tr("your own last act")},
                        {"kirikae change undo 42 --record TSM-00123", ""}};
  all["audit"] = {{"kirikae audit verify", ""}};
  all["audit verify"] = {{"kirikae audit verify", ""},
                         {"kirikae audit verify --against checkpoint.txt", ""}};
  all["audit checkpoint"] = {{"kirikae audit checkpoint --to checkpoint.txt", ""}};
  all["audit checkpoints"] = {{"kirikae audit checkpoints", ""}};
  all["audit export"] = {{"kirikae audit export --to record.jsonl", ""}};
  all["token"] = {{"kirikae token list", ""}};
  all["token create"] = {{"kirikae token create 情報管理課・佐藤 --role operator", ""}};
  all["token list"] = {{"kirikae token list", ""}};
  all["token revoke"] = {{"kirikae token revoke 4", ""}};
  all["whoami"] = {{"kirikae whoami", ""}};
}

}  // namespace

std::vector<Example> ExamplesOf(const std::string& command) {
  Examples all;
  AddProgram(all);
  AddDay(all);
  AddInventory(all);
  AddRollouts(all);
  AddPlans(all);
  AddRecord(all);
  return all[command];
}

}  // namespace kirikae::cli
