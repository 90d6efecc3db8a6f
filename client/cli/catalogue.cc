#include "client/cli/catalogue.h"

#include <boost/locale/gnu_gettext.hpp>
#include <boost/locale/message.hpp>
#include <iterator>
#include <locale>

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

std::string Tr(const std::string& english, const std::vector<std::string>& args) {
  if (english.empty()) return english;
  const std::string format = chosen == Language::kJapanese
                                 ? boost::locale::translate(english).str(JapaneseLocale())
                                 : english;
  std::string filled;
  for (size_t i = 0; i < format.size(); ++i) {
    const size_t index = i + 1 < format.size() ? static_cast<size_t>(format[i + 1] - '0') : 10;
    if (format[i] == '$' && index < 10) {
      if (index < args.size()) filled += args[index];
      ++i;
    } else {
      filled += format[i];
    }
  }
  return filled;
}

}  // namespace kirikae::cli
