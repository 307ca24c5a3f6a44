// Microsoft Project's XML: what is read of it, and that what is written reads the same.
#include "project/mspdi.hpp"

#include <algorithm>
#include <catch2/catch.hpp>

#include "base/error.hpp"
#include "project/mspdi_values.hpp"

using namespace agency;
using namespace agency::project;

namespace {

constexpr const char* plan = R"(<?xml version="1.0" encoding="UTF-8"?>
<Project xmlns="http://schemas.microsoft.com/project"><MinutesPerDay>450</MinutesPerDay>
<Tasks>
 <Task><UID>0</UID><OutlineLevel>0</OutlineLevel><Name>whole</Name><Summary>1</Summary></Task>
 <Task><UID>1</UID><WBS>1</WBS><OutlineNumber>1</OutlineNumber><OutlineLevel>1</OutlineLevel><Name>设计, "A"</Name><Summary>1</Summary><Duration>PT60H0M0S</Duration></Task>
 <Task><UID>4</UID><OutlineNumber>1.1</OutlineNumber><OutlineLevel>2</OutlineLevel><Name>draft</Name><Duration>PT22H30M0S</Duration><Work>PT22H30M0S</Work><Cost>123456</Cost></Task>
 <Task><UID>7</UID><OutlineNumber>1.2</OutlineNumber><OutlineLevel>2</OutlineLevel><Name>review</Name><Duration>PT8H0M0S</Duration><ConstraintType>4</ConstraintType><ConstraintDate>2026-03-09T08:00:00</ConstraintDate>
  <PredecessorLink><PredecessorUID>4</PredecessorUID><Type>3</Type><LinkLag>9000</LinkLag></PredecessorLink></Task>
 <Task><UID>8</UID><OutlineNumber>1.3</OutlineNumber><OutlineLevel>2</OutlineLevel><Name>done</Name><Milestone>1</Milestone><Duration>PT0H0M0S</Duration>
  <PredecessorLink><PredecessorUID>4</PredecessorUID><Type>1</Type><LinkLag>-4500</LinkLag></PredecessorLink><PredecessorLink><PredecessorUID>7</PredecessorUID></PredecessorLink></Task>
</Tasks>
<Resources><Resource><UID>1</UID><Name>Li</Name><Code>E1</Code></Resource><Resource><UID>2</UID><Name>王</Name></Resource></Resources>
<Assignments><Assignment><TaskUID>4</TaskUID><ResourceUID>1</ResourceUID></Assignment><Assignment><TaskUID>4</TaskUID><ResourceUID>2</ResourceUID></Assignment></Assignments>
</Project>)";

}  // namespace

TEST_CASE("MSPDI is read as rows of a plan") {
    CHECK(rows_of_mspdi(plan, "plan.xml") ==
          "wbs,name,duration,effort,after,assigned,cost,milestone,constraint,constraint_on\n"
          "\"1\",\"设计, \"\"A\"\"\",,,\"\",\"\",,,,\"\"\n"
          "\"1.1\",\"draft\",3,22.50,\"\",\"E1;王\",1234.56,,,\"\"\n"
          "\"1.2\",\"review\",2,,\"1.1SS+2\",\"\",,,start_no_earlier,\"2026-03-09\"\n"
          "\"1.3\",\"done\",0,,\"1.1FS-1;1.2\",\"\",,yes,,\"\"\n");
}

TEST_CASE("what is no MSPDI is refused") {
    for (const char* text : {"", "<", "<Project/>", "wbs,name\n1,a\n", "<html><body/></html>"})
        CHECK_THROWS_AS(rows_of_mspdi(text, "x.xml"), Error);
}

TEST_CASE("a written plan is read the same") {
    MspdiPlan p;
    p.title = "甲 & <乙>";
    p.starts_on = Date::from_ymd(2026, 3, 2);
    p.ends_on = Date::from_ymd(2026, 3, 9);
    MspdiTask group{"1", "group"}, a{"1.1", "a"}, b{"1.2", "b"};
    group.group = true;
    a.duration = 3;
    a.effort = 2450;
    a.cost = 50;
    a.assigned = {"E1"};
    b.milestone = true;
    b.after = {{"1.1", schedule::LinkType::finish_finish, -2}};
    b.constraint = schedule::Constraint::finish_no_later;
    b.constraint_on = Date::from_ymd(2026, 3, 9);
    p.tasks = {group, a, b};
    p.people = {{"E1", "李"}};
    CHECK(rows_of_mspdi(to_mspdi(p), "p.xml") ==
          "wbs,name,duration,effort,after,assigned,cost,milestone,constraint,constraint_on\n"
          "\"1\",\"group\",,,\"\",\"\",,,,\"\"\n"
          "\"1.1\",\"a\",3,24.50,\"\",\"E1\",0.50,,,\"\"\n"
          "\"1.2\",\"b\",0,,\"1.1FF-2\",\"\",,yes,finish_no_later,\"2026-03-09\"\n");
}

namespace {

/// The rows of these tasks without the header; the project's own elements stand before them.
std::string rows(const std::string& tasks, const std::string& before = "", const std::string& behind = "") {
    const auto all =
        rows_of_mspdi("<Project>" + before + "<Tasks>" + tasks + "</Tasks>" + behind + "</Project>", "p.xml");
    return all.substr(all.find('\n') + 1);
}
std::string task(int uid, const std::string& outline, const std::string& more) {
    return "<Task><UID>" + std::to_string(uid) + "</UID><OutlineNumber>" + outline + "</OutlineNumber><OutlineLevel>" +
           std::to_string(1 + std::count(outline.begin(), outline.end(), '.')) + "</OutlineLevel><Name>" + outline +
           "</Name>" + more + "</Task>";
}
std::string link(int from, const std::string& more) {
    return "<PredecessorLink><PredecessorUID>" + std::to_string(from) + "</PredecessorUID>" + more +
           "</PredecessorLink>";
}
/// What the second of two tasks waits for; the first lasts five days.
std::string link_of(const std::string& more) {
    const auto text = rows(task(1, "1", "<Duration>PT40H0M0S</Duration>") + task(2, "2", link(1, more)));
    const auto line = text.substr(text.find('\n') + 1);
    const auto start = line.find(",0,,") + 4;
    return line.substr(start + 1, line.find('"', start + 1) - start - 1);
}
std::string duration_of(const std::string& more) {
    const auto text = rows(task(1, "1", more));
    return text.substr(8, text.find(',', 8) - 8);
}

}  // namespace

TEST_CASE("lags in every format") {
    CHECK(link_of("<Type>1</Type><LinkLag>4800</LinkLag><LagFormat>7</LagFormat>") == "1FS+1");
    CHECK(link_of("<LinkLag>-9600</LinkLag>") == "1FS-2");
    CHECK(link_of("<LinkLag>2399</LinkLag>") == "1");
    CHECK(link_of("<LinkLag>2400</LinkLag>") == "1FS+1");
    CHECK(link_of("<LinkLag>-2400</LinkLag>") == "1FS-1");
    CHECK(link_of("<LinkLag>24000.0</LinkLag><LagFormat>9</LagFormat>") == "1FS+5");
    CHECK(link_of("<LinkLag>40</LinkLag><LagFormat>19</LagFormat>") == "1FS+2");  // 40 % of five days
    CHECK(link_of("<LinkLag>-100</LinkLag><LagFormat>51</LagFormat>") == "1FS-5");
    CHECK(link_of("<LinkLag>100800</LinkLag><LagFormat>8</LagFormat>") == "1FS+5");  // seven days by the clock
    CHECK(link_of("<LinkLag>-14400</LinkLag><LagFormat>40</LagFormat>") == "1FS-1");
    CHECK(link_of("<Type>0</Type><LinkLag>x</LinkLag>") == "1FF");
    CHECK(link_of("<LinkLag>999999999999999999999</LinkLag>") == "1");
}

TEST_CASE("durations by work and by the clock") {
    CHECK(duration_of("<Duration>PT8H0M1S</Duration>") == "2");
    CHECK(duration_of("<Duration>PT168H0M0S</Duration><DurationFormat>8</DurationFormat>") == "5");
    CHECK(duration_of("<Duration>PT24H0M0S</Duration><DurationFormat>40</DurationFormat>") == "1");
    CHECK(duration_of("") == "0");
    for (const char* bad : {"P5D", "PT5D", "-PT8H0M0S", "5 days", "PT8", "PTH", "PT8M8H", "PT99999999999H"})
        CHECK(duration_of("<Duration>" + std::string(bad) + "</Duration>") == "\"" + std::string(bad) + "\"");
}

TEST_CASE("what a file leaves out or breaks") {
    // no UID: the row is there, nothing can refer to it
    CHECK(rows("<Task><WBS>1</WBS><Name>a</Name></Task><Task><WBS>2</WBS><Name>b</Name></Task>") ==
          "\"1\",\"a\",0,,\"\",\"\",,,,\"\"\n\"2\",\"b\",0,,\"\",\"\",,,,\"\"\n");
    // a link to nothing is not lost
    CHECK(rows(task(1, "1", link(9, ""))).find("\"UID 9\"") != std::string::npos);
    CHECK_THROWS_AS(rows(task(1, "1", "") + task(1, "2", "")), Error);
    // inactive tasks and blank rows count for nothing, nor do links to them
    CHECK(rows(task(1, "1", "<Active>0</Active>") + "<Task><UID>3</UID><IsNull>1</IsNull></Task>" +
               task(2, "2", link(1, "") + link(3, ""))) == "\"2\",\"2\",0,,\"\",\"\",,,,\"\"\n");
    // codes that make no tree: outline numbers, else levels
    CHECK(rows("<Task><UID>1</UID><WBS>P.1</WBS><OutlineNumber>1</OutlineNumber></Task><Task><UID>2</UID><WBS>P.2</WBS>"
               "<OutlineNumber>2</OutlineNumber></Task>")
              .starts_with("\"1\""));
    CHECK(rows("<Task><OutlineLevel>1</OutlineLevel></Task><Task><OutlineLevel>3</OutlineLevel></Task><Task>"
               "<OutlineLevel>1</OutlineLevel></Task>") ==
          "\"1\",\"\",,,\"\",\"\",,,,\"\"\n\"1.1\",\"\",0,,\"\",\"\",,,,\"\"\n\"2\",\"\",0,,\"\",\"\",,,,\"\"\n");
    // a milestone that lasts is a task; a summary without parts too
    CHECK(rows(task(1, "1", "<Milestone>1</Milestone><Summary>1</Summary><Duration>PT8H0M0S</Duration>")) ==
          "\"1\",\"1\",1,,\"\",\"\",,,,\"\"\n");
}

TEST_CASE("what binds a group binds its leaves, what is entered by hand stays on its day") {
    const auto bound = [](int code) {
        return "<ConstraintType>" + std::to_string(code) +
               "</ConstraintType><ConstraintDate>2026-03-09T08:00:00</ConstraintDate>";
    };
    CHECK(rows(task(1, "1", bound(4)) + task(2, "1.1", "")) ==
          "\"1\",\"1\",,,\"\",\"\",,,,\"\"\n\"1.1\",\"1.1\",0,,\"\",\"\",,,start_no_earlier,\"2026-03-09\"\n");
    CHECK(rows(task(1, "1", bound(4)) + task(2, "1.1", bound(7)))
              .starts_with("\"1\",\"1\",,,\"\",\"\",,,start_no_earlier"));
    CHECK(rows(task(1, "1", "<Manual>1</Manual><Start>2026-03-05T09:00:00</Start>"))
              .find("start_no_earlier,\"2026-03-05\"") != std::string::npos);
}

TEST_CASE("people are neither material nor cost, and each once") {
    const auto text =
        rows(task(1, "1", ""), "",
             "<Resources><Resource><UID>1</UID><Name>A</Name></Resource><Resource><UID>2</UID><Type>0</Type><Name>"
             "concrete</Name></Resource></Resources><Assignments>"
             "<Assignment><TaskUID>1</TaskUID><ResourceUID>1</ResourceUID></Assignment>"
             "<Assignment><TaskUID>1</TaskUID><ResourceUID>2</ResourceUID></Assignment>"
             "<Assignment><TaskUID>1</TaskUID><ResourceUID>1</ResourceUID></Assignment>"
             "<Assignment><TaskUID>1</TaskUID><ResourceUID>-65535</ResourceUID></Assignment></Assignments>");
    CHECK(text == "\"1\",\"1\",0,,\"\",\"A\",,,,\"\"\n");
}

TEST_CASE("entities are letters, and none is fetched or blown up") {
    const auto named = [](const std::string& name) {
        const auto text = rows("<Task><WBS>1</WBS><Name>" + name + "</Name></Task>");
        return text.substr(5, text.find("\",", 5) - 5);
    };
    CHECK(named("a &amp; &#x4E59;&#21490; &lt;b&gt;") == "a & 乙史 <b>");
    CHECK(named("<![CDATA[a<b]]>") == "a<b");
    CHECK(rows_of_mspdi("<?xml version=\"1.0\"?><!DOCTYPE Project [<!ENTITY x SYSTEM \"file:///etc/passwd\"><!ENTITY y "
                        "\"&x;&x;\">]>"
                        "<Project><Tasks><Task><WBS>1</WBS><Name>&x;&y;</Name></Task></Tasks></Project>",
                        "p.xml")
              .find("&x;&y;") != std::string::npos);
}

TEST_CASE("8.20 h is 29,520 s") {
    MspdiPlan p;
    p.starts_on = p.ends_on = Date::from_ymd(2026, 3, 2);
    MspdiTask a{"1", "a"};
    a.duration = 2;
    a.effort = 820;
    p.tasks = {a};
    CHECK(to_mspdi(p).find("<Work>PT8H12M0S</Work>") != std::string::npos);
    CHECK(seconds_of("PT8H12M0S") == 29'520);
    CHECK(rows_of_mspdi(to_mspdi(p), "p.xml").find("\"a\",2,8.20,") != std::string::npos);
}
