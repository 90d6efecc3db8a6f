#include "client/cli/catalogue.h"

#include <boost/locale/gnu_gettext.hpp>
#include <boost/locale/message.hpp>
#include <iterator>
#include <locale>

#include "absl/strings/substitute.h"
#include "client/cli/catalogue_ja.h"

namespace kirikae::cli {
namespace {

Language chosen = Language::kEnglish;

const std::locale& JapaneseLocale() {
  static const std::locale* const locale = [] {
    boost::locale::gnu_gettext::messages_info info;
    info.language = "ja";
    info.encoding = "UTF-8";
    info.domains.emplace_back("kirikae");
    info.paths.emplace_back("");
    info.callback = [](const std::string&, const std::string&) {
      return std::vector<char>(std::begin(kCatalogueJa), std::end(kCatalogueJa));
    };
    return new std::locale(std::locale::classic(),
                           boost::locale::gnu_gettext::create_messages_facet<char>(info));
  }();
  return *locale;
}

}  // namespace

void SetLanguage(Language language) { chosen = language; }
Language CurrentLanguage() { return chosen; }

namespace {

std::string Filled(const std::string& format, const std::vector<std::string>& args) {
  const auto arg = [&args](size_t i) {
    return i < args.size() ? absl::string_view(args[i]) : absl::string_view();
  };
  return absl::Substitute(format, arg(0), arg(1), arg(2), arg(3), arg(4), arg(5), arg(6), arg(7),
                          arg(8), arg(9));
}

}  // namespace

std::string Tr(const std::string& english, const std::vector<std::string>& args) {
  if (english.empty()) return english;
  return Filled(chosen == Language::kJapanese
                    ? boost::locale::translate(english).str(JapaneseLocale())
                    : english,
                args);
}

std::string Trn(const std::string& one, const std::string& many, int64_t count,
                std::vector<std::string> args) {
  args.insert(args.begin(), std::to_string(count));
  if (chosen != Language::kJapanese) return Filled(count == 1 ? one : many, args);
  return Filled(boost::locale::translate(one, many, static_cast<int>(count)).str(JapaneseLocale()),
                args);
}

}  // namespace kirikae::cli
